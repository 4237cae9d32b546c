import { BatchGetCommand, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import "aws-sdk-client-mock-vitest/extend";
import { expect, test } from "vitest";
import * as z from "zod";
import { getItem, getItems, queryIndex, queryPage } from "../../../functions/table/read.ts";
import { mockedTable } from "./mocked-table.ts";

const item = z.object({ name: z.string() });
const keyOf = (number: number) => ({ pk: "P", sk: `S${number}` });

test("an item is read strongly and parsed; none is undefined", async () => {
  const { client, table } = mockedTable([{ ...keyOf(1), name: "one", secret: 1 }]);
  expect(await getItem(table, keyOf(1), item)).toEqual({ name: "one" });
  expect(await getItem(table, keyOf(2), item)).toBeUndefined();
  expect(client).toHaveReceivedCommandWith(GetCommand, { Key: keyOf(1), ConsistentRead: true });
});

test("many items are read a hundred at a time", async () => {
  const many = Array.from({ length: 201 }, (_, number) => ({ ...keyOf(number), name: `${number}` }));
  const { client, table } = mockedTable(many);
  expect(await getItems(table, many, item)).toHaveLength(201);
  expect(client).toHaveReceivedCommandTimes(BatchGetCommand, 3);
});

test("keys that were not processed are asked for again", async () => {
  const { client, table } = mockedTable();
  client
    .on(BatchGetCommand)
    .resolvesOnce({
      Responses: { workspace: [{ name: "one" }] },
      UnprocessedKeys: { workspace: { Keys: [keyOf(2)] } },
    })
    .resolvesOnce({ Responses: { workspace: [{ name: "two" }] } });
  expect(await getItems(table, [keyOf(1), keyOf(2)], item)).toEqual([{ name: "one" }, { name: "two" }]);
  expect(client).toHaveReceivedNthCommandWith(BatchGetCommand, 2, {
    RequestItems: { workspace: { Keys: [keyOf(2)], ConsistentRead: true } },
  });
});

test("a page of a partition says where the next one starts", async () => {
  const { client, table } = mockedTable();
  client.on(QueryCommand).resolves({ Items: [{ name: "one" }], LastEvaluatedKey: keyOf(1) });
  const page = await queryPage(table, { partition: "P", limit: 1, isNewestFirst: true, after: "S0" }, item);
  expect(page).toEqual({ items: [{ name: "one" }], after: "S1" });
  expect(client).toHaveReceivedCommandWith(QueryCommand, {
    ConsistentRead: true,
    ScanIndexForward: false,
    Limit: 1,
    ExclusiveStartKey: { pk: "P", sk: "S0" },
  });
});

test.each([
  [{}, "gsi1pk = :pk", {}],
  [{ after: "a" }, "gsi1pk = :pk AND gsi1sk > :after", { ":after": "a" }],
  [{ upTo: "b" }, "gsi1pk = :pk AND gsi1sk <= :upTo", { ":upTo": "b" }],
  // BETWEEN takes its bounds in: `after` itself is left out by what follows it at once.
  [
    { after: "a", upTo: "b" },
    "gsi1pk = :pk AND gsi1sk BETWEEN :after AND :upTo",
    { ":after": "a\u0000", ":upTo": "b" },
  ],
])("the range %j of the index", async (range, condition, values) => {
  const { client, table } = mockedTable();
  await queryIndex(table, { partition: "P", ...range });
  expect(client).toHaveReceivedCommandWith(QueryCommand, {
    IndexName: "gsi1",
    KeyConditionExpression: condition,
    ExpressionAttributeValues: { ":pk": "P", ...values },
  });
});

test("the index is read on to its end, or to the limit", async () => {
  const { client, table } = mockedTable();
  const entry = (number: number) => ({ ...keyOf(number), gsi1sk: `g${number}` });
  client
    .on(QueryCommand)
    .resolvesOnce({ Items: [entry(1)], LastEvaluatedKey: entry(1) })
    .resolvesOnce({ Items: [], LastEvaluatedKey: entry(2) })
    .resolvesOnce({ Items: [entry(3)] })
    .resolvesOnce({ Items: [entry(1)], LastEvaluatedKey: entry(1) });
  expect(await queryIndex(table, { partition: "P" })).toEqual({
    keys: [keyOf(1), keyOf(3)],
    after: undefined,
  });
  expect(await queryIndex(table, { partition: "P", limit: 1 })).toEqual({ keys: [keyOf(1)], after: "g1" });
});
