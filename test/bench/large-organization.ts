import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { createOrganization } from "../../functions/organization/create-organization.ts";
import { base32 } from "../../functions/shell/ids.ts";
import type { Person } from "../../functions/shell/route.ts";
import { keys } from "../../functions/table/keys.ts";
import type { Table } from "../../functions/table/table.ts";

/** A person of the benchmark, by number. */
export function personNumber(index: number): Person {
  const bytes = new Uint8Array(17);
  new DataView(bytes.buffer).setUint32(0, index * 2_654_435_761);
  new DataView(bytes.buffer).setUint32(4, index);
  return {
    userId: `usr_${base32(bytes, 26)}`,
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

const BATCH = 25;
const AT_ONCE = 8;

function memberItems(org: string, index: number): Record<string, unknown>[] {
  const { userId, email } = personNumber(index);
  const record = {
    organizationId: org,
    userId,
    email,
    firstName: "Person",
    lastName: String(index),
    handle: `person.${index}`,
    orgRole: "user",
    chatRole: "user",
    rights: { suite: false, chat: false, mail: false, accounting: false },
    state: "active",
    joinedAt: "2026-01-01T00:00:00.000Z",
    addressKeys: [email],
    version: 1,
  };
  return [
    { ...keys.member(org, userId), ...keys.memberIndex(org, userId), ...record },
    { ...keys.address(org, "member", email), organizationId: org, kind: "member", addressKey: email, userId },
  ];
}

async function writeAll(table: Table, items: Record<string, unknown>[]): Promise<void> {
  const batches: Record<string, unknown>[][] = [];
  for (let start = 0; start < items.length; start += BATCH) batches.push(items.slice(start, start + BATCH));
  const lane = async (): Promise<void> => {
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
      const requests = batch.map((item) => ({ PutRequest: { Item: item } }));
      await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: requests } }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

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
