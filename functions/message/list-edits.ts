import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { listFormerTexts } from "../table/edits.ts";
import type { Table } from "../table/table.ts";
import type { listEditsRoute } from "./changes-contract.ts";
import { messageInSight } from "./message-in-sight.ts";
import { readDeps } from "./read-deps.ts";

/** MSG-6: what a message said before, to the channel's readers, newest first; nothing of one that was deleted. */
export async function listEdits(
  table: Table,
  { params, person, query, now }: Request<typeof listEditsRoute>,
): Promise<Answer> {
  const channel = { organizationId: params.org, channelId: params.chn };
  const scope = ["edits", params.org, params.chn, params.seq];
  const page = { limit: query.limit, after: readCursor(scope, query.cursor) };
  const actor = { channel, userId: person.userId };
  const { seq } = await messageInSight(readDeps(table), actor, { seq: Number(params.seq), now });
  const { items, after } = await listFormerTexts(table, channel, seq, page);
  return { status: 200, body: { items, nextCursor: cursorOf(scope, after) } };
}
