import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { listReactors } from "../table/reactors.ts";
import type { Table } from "../table/table.ts";
import type { listReactionsRoute } from "./changes-contract.ts";
import { messageInSight } from "./message-in-sight.ts";
import { demandEmoji } from "./react.ts";
import { readDeps } from "./read-deps.ts";

/** MSG-9: everybody who reacted to a message, with one emoji or any, to the channel's readers. */
export async function listReactions(
  table: Table,
  { params, person, query, now }: Request<typeof listReactionsRoute>,
): Promise<Answer> {
  const channel = { organizationId: params.org, channelId: params.chn };
  const emoji = query.emoji === undefined ? undefined : demandEmoji(query.emoji);
  const scope = ["reactions", params.org, params.chn, params.seq, emoji];
  const page = { limit: query.limit, after: readCursor(scope, query.cursor) };
  const actor = { channel, userId: person.userId };
  const message = await messageInSight(readDeps(table), actor, { seq: Number(params.seq), now });
  // Those of a deleted message are on their way out.
  if (message.isDeleted === true) return { status: 200, body: { items: [], nextCursor: null } };
  const { items, after } = await listReactors(table, channel, { seq: message.seq, emoji }, page);
  return { status: 200, body: { items, nextCursor: cursorOf(scope, after) } };
}
