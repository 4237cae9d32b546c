import { searchKey } from "@vestibule/domain/directory";
import { addressKey } from "@vestibule/domain/invitations";
import * as z from "zod";
import type { DirectoryKind } from "./directory.ts";
import { namesOf } from "./directory.ts";
import { idIn, keys } from "./keys.ts";
import { getPeople, type PersonRecord, standingAt } from "./person-records.ts";
import { type Page, queryIndex, queryPage } from "./read.ts";
import type { Table } from "./table.ts";

/** Whom to look for: those of a kind whose name, either way round, or address begins so; all of them for "". */
export type PeopleSearch = {
  readonly kind: DirectoryKind;
  readonly prefix: string;
  readonly limit: number;
  readonly after: string | undefined;
  /** Guests past their end are gone (GINV-10). */
  readonly now: number;
  /** False for those who see no addresses, and so find nobody by one. */
  readonly isByAddress?: boolean;
};

type Wanted = {
  readonly kind: DirectoryKind;
  readonly names: string;
  readonly address: string;
  /** How many of the sources are searched. */
  readonly sources: number;
};
type Slice = Wanted & { readonly limit: number; readonly after: string | undefined };

/** Somebody in the order of the source that they were found in; `addressKey` is the address that they were found by. */
type Entry = { readonly userId: string; readonly addressKey?: string };
type Found = { readonly entries: Entry[]; readonly after: string | undefined };

const entry = z.object({ sk: z.string() });

async function byLastName(table: Table, org: string, slice: Slice): Promise<Found> {
  const { kind, names, limit, after } = slice;
  const prefix = keys.directoryPrefix(kind, names);
  const page = await queryPage(table, { partition: keys.directory(org), prefix, limit, after }, entry);
  return { entries: page.items.map(({ sk }) => ({ userId: idIn(sk) })), after: page.after };
}

/** Sorts after every character, as DynamoDB compares bytes. */
const LAST_CHARACTER = "\u{10ffff}";

async function byFirstName(table: Table, org: string, slice: Slice): Promise<Found> {
  const { kind, names, limit, after } = slice;
  const prefix = keys.directoryPrefix(kind, names);
  const found = await queryIndex(table, {
    partition: keys.directory(org),
    after: after ?? prefix,
    upTo: `${prefix}${LAST_CHARACTER}`,
    limit,
  });
  // The entry's own key begins with the last name: whoever is found by that was listed before.
  const others = found.keys.filter(({ sk }) => !sk.startsWith(prefix));
  return { entries: others.map(({ sk }) => ({ userId: idIn(sk) })), after: found.after };
}

const addressRow = z.object({ sk: z.string(), addressKey: z.string(), userId: z.string().optional() });

/** How many addresses at a time are passed over that are nobody's yet, and how often. */
const PASSED_OVER = 200;
const MOST_PASSES = 8;

/**
 * Where an invitation is pending, the address is nobody's yet (GINV-4): it is no entry, and no page ends with it, since a
 * cursor would tell it.
 */
async function byAddress(table: Table, org: string, slice: Slice): Promise<Found> {
  const { kind, address, limit } = slice;
  const prefix = keys.address(org, kind, address).sk;
  let { after } = slice;
  for (let passes = 0; passes < MOST_PASSES; passes += 1) {
    const page = await queryPage(
      table,
      { partition: keys.addresses(org), prefix, limit: passes === 0 ? limit : PASSED_OVER, after },
      addressRow,
    );
    const owned = page.items.flatMap(({ sk, userId, addressKey: found }) =>
      userId === undefined ? [] : [{ sk, userId, addressKey: found }],
    );
    const entries = owned.slice(0, limit);
    const isMore = page.after !== undefined || owned.length > limit;
    if (entries.length > 0 || !isMore) return { entries, after: isMore ? entries.at(-1)?.sk : undefined };
    after = page.after;
  }
  return { entries: [], after: undefined };
}

const SOURCES = [byLastName, byFirstName, byAddress] as const;

/** Whether somebody found by an address was found before: by their names, or by another address of theirs. */
function isRepeated(person: PersonRecord, entry: Entry, { names, address }: Wanted): boolean {
  const { addressKey: foundBy } = entry;
  if (foundBy === undefined) return false;
  const { lastFirst, firstLast } = namesOf(person);
  if (lastFirst.startsWith(names) || firstLast.startsWith(names)) return true;
  return person.addressKeys.some((other) => other.startsWith(address) && other < foundBy);
}

/** The records of those found, in their order, without who is no longer here and who was found before. */
async function peopleOf(
  table: Table,
  org: string,
  entries: readonly Entry[],
  wanted: Wanted,
  now: number,
): Promise<PersonRecord[]> {
  const people = await getPeople(
    table,
    org,
    entries.map(({ userId }) => userId),
  );
  return entries.flatMap((entry) => {
    const person = people.get(entry.userId);
    if (person === undefined || person.kind !== wanted.kind) return [];
    const standing = standingAt(person, now);
    const isHere = standing.kind !== "outsider" && standing.state === "active";
    return isHere && !isRepeated(person, entry, wanted) ? [person] : [];
  });
}

/** Which source a search has come to, and after which of its keys it goes on. */
type Place = { readonly source: number; readonly after: string | undefined };

function placeOf(after: string | undefined): Place {
  if (after === undefined) return { source: 0, after: undefined };
  return { source: Number(after.slice(0, 1)), after: after.length === 1 ? undefined : after.slice(1) };
}

function placeAfter({ source }: Place, after: string | undefined, wanted: Wanted): Place | undefined {
  if (after !== undefined) return { source, after };
  const isLast = source + 1 >= wanted.sources;
  return isLast ? undefined : { source: source + 1, after: undefined };
}

function wantedOf({ kind, prefix, isByAddress = true }: PeopleSearch): Wanted {
  const names = searchKey(prefix);
  // Without a prefix, everybody is in the first source.
  const sources = names === "" ? 1 : SOURCES.length - (isByAddress ? 0 : 1);
  return { kind, names, address: addressKey(prefix.trim()), sources };
}

/** Reads of one page: bounded, however many were found before or are not in the organization any more. */
const MOST_READS = 8;

/**
 * One page of a search by the beginning of a name or an address (DIR-1): by last name, then by first name, then by
 * address, nobody twice. The cost is that of the page, whatever the organization's size; a page may hold fewer than
 * `limit` although more follow.
 */
export async function searchPeople(
  table: Table,
  org: string,
  search: PeopleSearch,
): Promise<Page<PersonRecord>> {
  const { limit, now } = search;
  const wanted = wantedOf(search);
  const items: PersonRecord[] = [];
  let place: Place | undefined = placeOf(search.after);
  for (let reads = 0; place !== undefined && reads < MOST_READS && items.length < limit; reads += 1) {
    const source: (typeof SOURCES)[number] | undefined = SOURCES[place.source];
    if (source === undefined || place.source >= wanted.sources) return { items, after: undefined };
    const found = await source(table, org, { ...wanted, limit: limit - items.length, after: place.after });
    items.push(...(await peopleOf(table, org, found.entries, wanted, now)));
    place = placeAfter(place, found.after, wanted);
  }
  return { items, after: place === undefined ? undefined : `${place.source}${place.after ?? ""}` };
}
