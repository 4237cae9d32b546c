import { searchKey } from "@vestibule/domain/directory";
import { keyOf } from "../membership/channel-relation.ts";
import { namesOf } from "../table/directory.ts";
import { searchPeople } from "../table/directory-search.ts";
import { rosterOf } from "../table/memberships.ts";
import type { Page } from "../table/read.ts";
import type { Table } from "../table/table.ts";
import { type ChannelMember, generalLine, linesOf, type Viewed } from "./people-lines.ts";

type Slice = { readonly limit: number; readonly after: string | undefined };

/** Up to so many people, a channel is looked through itself; a larger one by way of the directory. */
const SMALL = 200;

/** CH-10, GST-16: those in a channel whose name, or to members address, begins so. */
export async function searchChannel(
  table: Table,
  viewed: Viewed,
  search: string,
  slice: Slice,
): Promise<Page<ChannelMember>> {
  const { isGeneral, members, guests } = viewed.channel;
  const isSmall = !isGeneral && members + guests <= SMALL;
  return isSmall
    ? await lookThrough(table, viewed, search, slice)
    : await byDirectory(table, viewed, search, slice);
}

function matches(line: ChannelMember, search: string): boolean {
  const { lastFirst, firstLast } = namesOf(line);
  const prefix = searchKey(search);
  const isNamed = lastFirst.startsWith(prefix) || firstLast.startsWith(prefix);
  return isNamed || line.email?.toLowerCase().startsWith(search.trim().toLowerCase()) === true;
}

async function lookThrough(
  table: Table,
  viewed: Viewed,
  search: string,
  { limit, after = "0" }: Slice,
): Promise<Page<ChannelMember>> {
  const { org, channel } = viewed;
  const roster = await rosterOf(table, keyOf({ org, channelId: channel.channelId }));
  const ids = roster.flatMap(({ userId }) => userId ?? []);
  const lines = await linesOf(table, viewed, ids);
  const found = ids.flatMap((userId) => lines.get(userId) ?? []).filter((line) => matches(line, search));
  const end = Number(after) + limit;
  return { items: found.slice(Number(after), end), after: end < found.length ? String(end) : undefined };
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
  const page = await searchPeople(table, viewed.org, {
    kind,
    prefix: search,
    limit,
    after: rest === "" ? undefined : rest,
    now: viewed.now,
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
