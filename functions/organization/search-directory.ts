import { ASSISTANT } from "@vestibule/domain/assistant-name";
import { MAX_LISTED, searchKey } from "@vestibule/domain/directory";
import { type DirectoryEntry, presentAssistant, presentListed } from "../contract/directory.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { searchPeople } from "../table/directory-search.ts";
import { searchGroups } from "../table/group-search.ts";
import { getPhones } from "../table/profiles.ts";
import type { Table } from "../table/table.ts";
import type { directoryRoute } from "./person-contract.ts";

type Search = {
  readonly org: string;
  readonly prefix: string;
  readonly now: number;
};

/** Where a listing has come to: among the groups, at the assistant, or among the people, so many of whom it has shown. */
type Place =
  | { readonly at: "groups"; readonly after: string | undefined }
  | { readonly at: "assistant" }
  | { readonly at: "people"; readonly after: string | undefined; readonly shown: number };

const ASSISTANT_PLACE = "a";
const PEOPLE = /^p(\d{1,6}):(.*)$/su;

function placeOf(text: string | undefined): Place {
  const [, shown, after] = PEOPLE.exec(text ?? "") ?? [];
  if (text === ASSISTANT_PLACE) return { at: "assistant" };
  if (shown === undefined) return { at: "groups", after: text?.slice(1) };
  return { at: "people", after: after === "" ? undefined : after, shown: Number(shown) };
}

function textOf(place: Place): string {
  if (place.at === "assistant") return ASSISTANT_PLACE;
  return place.at === "groups" ? `g${place.after ?? ""}` : `p${place.shown}:${place.after ?? ""}`;
}

type Listing = { readonly entries: DirectoryEntry[]; readonly next: Place | undefined };

async function listGroups(
  table: Table,
  { org, prefix }: Search,
  page: { limit: number; after: string | undefined },
): Promise<Listing> {
  const found = await searchGroups(table, org, { prefix, ...page });
  const entries = found.items.map(
    ({ groupId, name, members }): DirectoryEntry => ({
      kind: "group",
      id: groupId,
      name,
      memberCount: members,
    }),
  );
  return {
    entries,
    next: found.after === undefined ? { at: "assistant" } : { at: "groups", after: found.after },
  };
}

async function listPeople(
  table: Table,
  { org, prefix, now }: Search,
  page: { limit: number; after: string | undefined; shown: number },
): Promise<Listing> {
  // DIR-1: the directory cannot be taken away as a whole.
  const limit = Math.min(page.limit, MAX_LISTED - page.shown);
  if (limit <= 0) return { entries: [], next: undefined };
  const found = await searchPeople(table, org, { kind: "member", prefix, limit, after: page.after, now });
  const members = found.items.flatMap((person) => (person.kind === "member" ? [person] : []));
  const phones = await getPhones(
    table,
    members.map(({ userId }) => userId),
  );
  const shown = page.shown + members.length;
  const isOver = found.after === undefined || shown >= MAX_LISTED;
  return {
    entries: members.map((member) => presentListed(member, phones.get(member.userId))),
    next: isOver ? undefined : { at: "people", after: found.after, shown },
  };
}

/** BOT-1: whether the assistant is found by its name or its handle. */
function isAssistantFound(prefix: string): boolean {
  return [ASSISTANT.name, ASSISTANT.handle].some((name) => searchKey(name).startsWith(searchKey(prefix)));
}

/**
 * DIR-1, DIR-3: the members and groups of one organization, to its members, by the beginning of a name or an address;
 * without a search, by name. Groups come first, then the assistant (BOT-1); people end after 500 of one search. A page may
 * hold fewer than `limit` although more follow: `nextCursor` tells.
 */
export async function searchDirectory(
  table: Table,
  { params, person, query, now }: Request<typeof directoryRoute>,
): Promise<Answer> {
  const { org } = params;
  await actorWho(table, { org, userId: person.userId, now }, "directory.search");
  const search = { org, prefix: query.search ?? "", now };
  const scope = ["directory", org, query.search];
  const items: DirectoryEntry[] = [];
  let place: Place | undefined = placeOf(readCursor(scope, query.cursor));
  if (place.at === "groups") {
    const groups = await listGroups(table, search, { limit: query.limit, after: place.after });
    items.push(...groups.entries);
    place = groups.next;
  }
  if (place?.at === "assistant" && items.length < query.limit) {
    if (isAssistantFound(search.prefix)) items.push(presentAssistant(org));
    place = { at: "people", after: undefined, shown: 0 };
  }
  if (place?.at === "people" && items.length < query.limit) {
    const { after, shown } = place;
    const people = await listPeople(table, search, { limit: query.limit - items.length, after, shown });
    items.push(...people.entries);
    place = people.next;
  }
  return {
    status: 200,
    body: { items, nextCursor: cursorOf(scope, place === undefined ? undefined : textOf(place)) },
  };
}
