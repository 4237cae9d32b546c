import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";
import { candidateChannels } from "./candidate-channels.ts";
import type { listChannelsRoute } from "./contract.ts";
import { searchChannels } from "./search-channels.ts";
import { isShown, presentSeen } from "./seen-channels.ts";

/**
 * CH-5, GST-9: the channels that somebody sees, oldest first: a member the public ones and their own, a guest their own.
 * Its cost follows the page, not the organization.
 */
export async function listChannels(
  table: Table,
  request: Request<typeof listChannelsRoute>,
): Promise<Answer> {
  const { params, person, query, now } = request;
  const { org } = params;
  const actor = await actorWho(table, { org, userId: person.userId, now }, "channel.list");
  if (query.search !== undefined) return await searchChannels(table, request, actor, query.search);
  const { mine, type, archived, limit } = query;
  const scope = ["channels", org, JSON.stringify({ mine, type, archived })];
  const isOwnOnly = actor.person.kind === "guest" || mine === true || (type ?? "public") !== "public";
  const page = await candidateChannels(table, actor.person, {
    limit,
    after: readCursor(scope, query.cursor),
    isOwnOnly,
  });
  const channels = await getChannels(table, org, page.ids);
  const seen = page.ids.flatMap((id) => {
    const channel = channels.get(id);
    return channel === undefined ? [] : [{ channel, row: page.rows.get(id) }];
  });
  const shown = seen.filter((each) => isShown(actor, each, { mine, type, archived }));
  const items = await presentSeen(table, actor, shown, now);
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}
