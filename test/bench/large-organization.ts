import { createOrganization } from "../../functions/organization/create-organization.ts";
import type { Person } from "../../functions/shell/route.ts";
import type { Table } from "../../functions/table/table.ts";
import { memberItems, seededId, writeAll } from "../support/seeded-members.ts";

/** A person of the benchmark, by number. */
export function personNumber(index: number): Person {
  return {
    userId: seededId(index),
    email: `person.${index}@example.com`,
    isEmailVerified: true,
    firstName: "Person",
    lastName: String(index),
  };
}

export const requestBasics = {
  ifMatch: undefined,
  requestId: "bench",
  sourceIp: "127.0.0.1",
  plannedSuffix: undefined,
};

/** An organization whose founder is person 0, with `members` members in all and no seat limit. */
export async function largeOrganization(table: Table, members: number): Promise<string> {
  const created = await createOrganization(table, {
    ...requestBasics,
    params: {},
    query: undefined,
    person: personNumber(0),
    body: { name: `Organization of ${members}`, plan: "enterprise" },
    now: Date.now(),
  });
  const org = String(Reflect.get(Object(created.body), "id"));
  const items: Record<string, unknown>[] = [];
  for (let index = 1; index < members; index += 1) items.push(...memberItems(org, index));
  await writeAll(table, items);
  return org;
}
