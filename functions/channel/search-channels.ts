import { handleFrom } from "@vestibule/domain/channels";
import { searchKey } from "@vestibule/domain/directory";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import type { Actor } from "../shell/standing.ts";
import type { Channel } from "../table/channels.ts";
import { getPersonChannels, membershipsIn } from "../table/memberships.ts";
import { channelsByHandle, getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";
import type { listChannelsRoute } from "./contract.ts";
import { isShown, presentSeen, type Seen } from "./seen-channels.ts";

/** So many channels are looked at for one page: among them may be many that the viewer may not know of. */
const MOST_LOOKED_AT = 1_000;
const AT_ONCE = 100;

function isFound({ name, handle }: Channel, search: string): boolean {
  const key = searchKey(search);
  return handle !== "" && (handle.startsWith(key) || searchKey(name).startsWith(key));
}

async function withRows(table: Table, { person }: Actor, ids: readonly string[]): Promise<Seen[]> {
  const { organizationId: org, userId } = person;
  const [channels, rows] = await Promise.all([
    getChannels(table, org, ids),
    getPersonChannels(table, org, userId, ids),
  ]);
  return ids.flatMap((id) => {
    const channel = channels.get(id);
    return channel === undefined ? [] : [{ channel, row: rows.get(id) }];
  });
}

/** GST-9: a guest's own channels are few and all that is looked at. */
async function foundByGuest(table: Table, actor: Actor, isMatch: (seen: Seen) => boolean, after: string) {
  const { organizationId, userId } = actor.person;
  const own = await membershipsIn(table, organizationId, userId);
  const seen = await withRows(
    table,
    actor,
    own.map(({ channelId }) => channelId),
  );
  return seen
    .filter((each) => isMatch(each) && each.channel.handle > after)
    .sort((a, b) => (a.channel.handle < b.channel.handle ? -1 : 1));
}

async function foundByMember(
  table: Table,
  actor: Actor,
  isMatch: (seen: Seen) => boolean,
  { prefix, after, limit }: { prefix: string; after: string; limit: number },
): Promise<Seen[]> {
  const found: Seen[] = [];
  let from = after === "" ? undefined : after;
  for (let looked = 0; looked < MOST_LOOKED_AT && found.length <= limit; looked += AT_ONCE) {
    const page = await channelsByHandle(table, actor.person.organizationId, {
      prefix,
      after: from,
      limit: AT_ONCE,
    });
    found.push(...(await withRows(table, actor, page.ids)).filter(isMatch));
    from = page.after;
    if (from === undefined) break;
  }
  return found;
}

/**
 * CH-4, CH-5, GST-9: the channels whose handle or name begins so, by handle. A page ends with a channel that the viewer
 * sees, so that no cursor tells of one that they do not.
 */
export async function searchChannels(
  table: Table,
  { params, query, now }: Request<typeof listChannelsRoute>,
  actor: Actor,
  search: string,
): Promise<Answer> {
  const { mine, type, archived, limit } = query;
  const scope = ["channels", params.org, JSON.stringify({ mine, type, archived, search })];
  const after = readCursor(scope, query.cursor) ?? "";
  const isMatch = (seen: Seen): boolean =>
    isFound(seen.channel, search) && isShown(actor, seen, { mine, type, archived });
  const found =
    actor.person.kind === "guest"
      ? await foundByGuest(table, actor, isMatch, after)
      : await foundByMember(table, actor, isMatch, { prefix: handleFrom(search), after, limit });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1)?.channel.handle : undefined;
  const items = await presentSeen(table, actor, page, now);
  return { status: 200, body: { items, nextCursor: cursorOf(scope, last) } };
}
