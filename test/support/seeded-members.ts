import { BatchWriteCommand, DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { base32 } from "../../functions/shell/ids.ts";
import { directoryWrite } from "../../functions/table/directory.ts";
import { enterGroupWrites } from "../../functions/table/group-people.ts";
import { keys } from "../../functions/table/keys.ts";
import type { Table } from "../../functions/table/table.ts";
import type { Write } from "../../functions/table/transaction.ts";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { engineClient } from "../../infra/local/engine/engine-client.ts";

const BATCH = 25;
const AT_ONCE = 8;

/** The id of somebody who was put into the table by number. */
export function seededId(index: number): string {
  const bytes = new Uint8Array(17);
  new DataView(bytes.buffer).setUint32(0, index * 2_654_435_761);
  new DataView(bytes.buffer).setUint32(4, index);
  return `usr_${base32(bytes, 26)}`;
}

/** The items of a member of whom nobody has asked anything yet: record, address, directory entry. */
export function memberItems(org: string, index: number): Record<string, unknown>[] {
  const userId = seededId(index);
  const email = `person.${index}@example.com`;
  const names = { firstName: "Person", lastName: String(index) };
  const record = {
    kind: "member",
    organizationId: org,
    userId,
    email,
    ...names,
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
    {
      ...keys.address(org, "member", email),
      ...keys.personHandleIndex(org, record.handle),
      organizationId: org,
      kind: "member",
      addressKey: email,
      userId,
    },
    ...itemsOf([directoryWrite("member", { organizationId: org, userId, ...names })]),
  ];
}

/** Puts many items into a table, as they are. */
export async function writeAll(table: Table, items: readonly Record<string, unknown>[]): Promise<void> {
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

/** A stack's table, straight from the engine. */
export function tableOf({ context }: LocalStack): Table & { destroy(): void } {
  const raw = engineClient(context.addresses.engine);
  return {
    client: DynamoDBDocumentClient.from(raw),
    name: context.model.table.name,
    destroy: () => raw.destroy(),
  };
}

const itemsOf = (writes: readonly Write[]): Record<string, unknown>[] =>
  writes.flatMap((write) => ("put" in write ? [write.put] : []));

/** Puts many members into a group, straight into the table. */
export async function seedGroup(
  stack: LocalStack,
  org: string,
  groupId: string,
  userIds: readonly string[],
): Promise<void> {
  const table = tableOf(stack);
  await writeAll(
    table,
    userIds.flatMap((userId) => itemsOf(enterGroupWrites(org, groupId, userId, Date.now()))),
  );
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: keys.group(org, groupId),
      UpdateExpression: "ADD members :count",
      ExpressionAttributeValues: { ":count": userIds.length },
    }),
  );
  table.destroy();
}

/** Gives an organization `count` members more, straight into the table; answers their ids. */
export async function seedMembers(stack: LocalStack, org: string, count: number): Promise<string[]> {
  const table = tableOf(stack);
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  await writeAll(
    table,
    numbers.flatMap((index) => memberItems(org, index)),
  );
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: keys.organization(org),
      UpdateExpression: "ADD seatsHeld :count, seatsUsed :count",
      ExpressionAttributeValues: { ":count": count },
    }),
  );
  table.destroy();
  return numbers.map(seededId);
}
