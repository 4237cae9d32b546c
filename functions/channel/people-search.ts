import { searchKey } from "@vestibule/domain/directory";
import { keyOf } from "../membership/channel-relation.ts";
import { namesOf } from "../table/directory.ts";
import { searchPeople } from "../table/directory-search.ts";
import { keys } from "../table/keys.ts";
import type { Page } from "../table/read.ts";
import { listRoster, ROSTER_RANKS } from "../table/roster.ts";
import type { Table } from "../table/table.ts";
import { type ChannelMember, generalLine, linesOf, type Viewed } from "./people-lines.ts";

type Slice = { readonly limit: number; readonly after: string | undefined };

/** So many lines of a roster are looked at for one page: up to so many people, a channel is looked through itself. */
const LOOKED_AT = 200;

/** CH-10, GST-16: those in a channel whose name, or to members address, begins so. */
export async function searchChannel(
  table: Table,
  viewed: Viewed,
  search: string,
  slice: Slice,
): Promise<Page<ChannelMember>> {
  const { isGeneral, members, guests } = viewed.channel;
  // A directory's cursor names who comes next, whether they are in the channel or not: it is nothing for guests.
  const isAlongRoster = !isGeneral && (viewed.isByGuest || members + guests <= LOOKED_AT);
  return isAlongRoster
    ? await alongRoster(table, viewed, search, slice)
    : await byDirectory(table, viewed, search, slice);
}

function matches(line: ChannelMember, search: string): boolean {
  const { lastFirst, firstLast } = namesOf(line);
  const prefix = searchKey(search);
  const isNamed = lastFirst.startsWith(prefix) || firstLast.startsWith(prefix);
  return isNamed || line.email?.toLowerCase().startsWith(search.trim().toLowerCase()) === true;
}

/** Goes along a channel's roster; a page may hold fewer than `limit` although more follow. */
async function alongRoster(
  table: Table,
  viewed: Viewed,
  search: string,
  { limit, after }: Slice,
): Promise<Page<ChannelMember>> {
  const { org, channel } = viewed;
  const { channelId } = channel;
  const roster = await listRoster(table, keyOf({ org, channelId }), { limit: LOOKED_AT, after });
  const lines = await linesOf(
    table,
    viewed,
    roster.items.flatMap(({ userId }) => userId ?? []),
  );
  const found = roster.items.flatMap(({ rank, userId = "" }) => {
    const line = lines.get(userId);
    if (line === undefined || !matches(line, search)) return [];
    return [{ line, key: keys.rosterEntry(org, channelId, rank, userId).sk }];
  });
  const shown = found.slice(0, limit);
  const isCut = found.length > shown.length;
  const isMore = roster.items.at(-1)?.rank !== ROSTER_RANKS.pending;
  const rest = isMore ? roster.after : undefined;
  return { items: shown.map(({ line }) => line), after: isCut ? shown.at(-1)?.key : rest };
}

/** Members first, then guests; a cursor says in whom the search is. */
const KINDS = ["member", "guest"] as const;

async function byDirectory(
  table: Table,
  viewed: Viewed,
  search: string,
  { limit, after }: Slice,
): Promise<Page<ChannelMember>> {
  const [kind, next] = after?.startsWith("guest") === true ? [KINDS[1], undefined] : [KINDS[0], KINDS[1]];
  const rest = after?.slice(kind.length);
  const slice = { limit, after: rest === "" ? undefined : rest };
  if (kind === "guest" && viewed.isByGuest) {
    const guests = await alongRoster(table, viewed, search, slice);
    return { ...guests, after: guests.after === undefined ? undefined : `${kind}${guests.after}` };
  }
  const page = await searchPeople(table, viewed.org, {
    kind,
    prefix: search,
    ...slice,
    now: viewed.now,
    isByAddress: !viewed.isByGuest,
  });
  const lines = await linesOf(
    table,
    viewed,
    page.items.map(({ userId }) => userId),
  );
  const items = page.items
    .flatMap((person) => {
      if (viewed.channel.isGeneral && person.kind === "member") return [generalLine(person, viewed)];
      return lines.get(person.userId) ?? [];
    })
    .filter((line) => matches(line, search));
  return { items, after: page.after === undefined ? next : `${kind}${page.after}` };
}
