import type { Standing } from "@vestibule/domain/people";
import * as z from "zod";
import { type Guest, guestItem, guestStanding } from "./guests.ts";
import { keys } from "./keys.ts";
import { type Member, memberItem, standingOf } from "./members.ts";
import { getItem, getItems, queryIndex } from "./read.ts";
import type { Table } from "./table.ts";

/** Whoever has a record in an organization: `O#<org>#MEMBERS` / `USER#<usr>`. */
export const personItem = z.discriminatedUnion("kind", [memberItem, guestItem]);

export type PersonRecord = Member | Guest;

/** Somebody's record in an organization, member or guest, read strongly (1 read unit). */
export async function getPerson(table: Table, org: string, user: string): Promise<PersonRecord | undefined> {
  return await getItem(table, keys.member(org, user), personItem);
}

/** Several records by person, read strongly; who has none is not in the map. */
export async function getPeople(
  table: Table,
  org: string,
  users: readonly string[],
): Promise<Map<string, PersonRecord>> {
  const found = await getItems(
    table,
    [...new Set(users)].map((user) => keys.member(org, user)),
    personItem,
  );
  return new Map(found.map((person) => [person.userId, person]));
}

/** The records of a person in all organizations, as member or guest (ORG-8, GST-7). */
export async function recordsOf(table: Table, user: string): Promise<PersonRecord[]> {
  const found = await queryIndex(table, { partition: keys.organizationsOf(user) });
  return await getItems(table, found.keys, personItem);
}

/** What the domain needs to know of a person at `now`; without a record they are an outsider. */
export function standingAt(person: PersonRecord | undefined, now: number): Standing {
  return person?.kind === "guest" ? guestStanding(person, now) : standingOf(person);
}
