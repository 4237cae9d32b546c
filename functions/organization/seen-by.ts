import { getPeople, standingAt } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { seenAmong } from "./seen-person.ts";

/** Whom of these people somebody may know of at this moment (GST-16, PRS-3); nobody, if they are not there themselves. */
export async function whomSees(
  table: Table,
  org: string,
  viewerId: string,
  userIds: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  const people = await getPeople(table, org, [viewerId, ...userIds]);
  const person = people.get(viewerId);
  if (person === undefined) return new Set();
  const wanted = new Map([...people].filter(([userId]) => userIds.includes(userId)));
  return await seenAmong(table, { person, standing: standingAt(person, now) }, wanted, now);
}
