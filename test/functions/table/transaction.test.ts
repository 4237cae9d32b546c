import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import "aws-sdk-client-mock-vitest/extend";
import { expect, test } from "vitest";
import {
  ConditionsFailed,
  TableBusy,
  transact,
  transactItem,
  type Write,
} from "../../../functions/table/transaction.ts";
import { canceled, mockedTable } from "./mocked-table.ts";

const KEY = { pk: "O#1", sk: "ORG" };
const WRITES: Write[] = [
  { label: "invitation", put: { ...KEY, sk: "INV#1" }, condition: "attribute_not_exists(pk)" },
  { label: "organization", update: KEY, expression: "ADD seatsHeld :one", values: { ":one": 1 } },
];

test("each kind of write is what the SDK calls it", () => {
  const common = { TableName: "workspace" };
  const condition = { ConditionExpression: "version = :v", ExpressionAttributeValues: { ":v": 1 } };
  const given = { condition: "version = :v", values: { ":v": 1 } };
  const onFailure = { ReturnValuesOnConditionCheckFailure: "ALL_OLD" };
  expect(transactItem("workspace", { label: "a", put: KEY })).toEqual({ Put: { ...common, Item: KEY } });
  expect(transactItem("workspace", { label: "a", remove: KEY, ...given })).toEqual({
    Delete: { ...common, ...condition, ...onFailure, Key: KEY },
  });
  expect(transactItem("workspace", { label: "a", check: KEY, ...given })).toEqual({
    ConditionCheck: { ...common, ...condition, ...onFailure, Key: KEY },
  });
  expect(
    transactItem("workspace", {
      label: "a",
      update: KEY,
      expression: "SET #n = :v",
      names: { "#n": "name" },
      ...given,
    }),
  ).toEqual({
    Update: {
      ...common,
      ...condition,
      ...onFailure,
      Key: KEY,
      UpdateExpression: "SET #n = :v",
      ExpressionAttributeNames: { "#n": "name" },
    },
  });
});

test("SEAT-3 the writes of an act are sent as one transaction", async () => {
  const { client, table } = mockedTable();
  await transact(table, WRITES);
  expect(client).toHaveReceivedCommandExactlyOnceWith(TransactWriteCommand, {
    TransactItems: WRITES.map((write) => transactItem("workspace", write)),
  });
});

test("conditions that did not hold are named, with what was there", async () => {
  const { table, refuse } = mockedTable();
  refuse(KEY, 1, { ...KEY, seatsHeld: 3 });
  const failure = await transact(table, WRITES).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConditionsFailed);
  expect(failure).toHaveProperty("failures", new Map([["organization", { ...KEY, seatsHeld: 3 }]]));
  expect(failure).toHaveProperty("message", "conditions failed: organization");
});

test("a condition outweighs a conflict beside it: it would not hold the next time either", async () => {
  const { client, table } = mockedTable();
  client
    .on(TransactWriteCommand)
    .rejects(canceled([{ Code: "TransactionConflict" }, { Code: "ConditionalCheckFailed" }]));
  await expect(transact(table, WRITES)).rejects.toThrow(ConditionsFailed);
  expect(client).toHaveReceivedCommandTimes(TransactWriteCommand, 1);
});

test.each(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])(
  "%s is tried again",
  async (Code) => {
    const { client, table } = mockedTable();
    client
      .on(TransactWriteCommand)
      .rejectsOnce(canceled([{ Code: "None" }, { Code }]))
      .rejectsOnce(canceled([{ Code }, { Code: "None" }]))
      .resolves({});
    await transact(table, WRITES);
    expect(client).toHaveReceivedCommandTimes(TransactWriteCommand, 3);
  },
);

test("after four conflicts the caller is told that the table is busy", async () => {
  const { client, table } = mockedTable();
  client.on(TransactWriteCommand).rejects(canceled([{ Code: "TransactionConflict" }, { Code: "None" }]));
  await expect(transact(table, WRITES)).rejects.toThrow(TableBusy);
  expect(client).toHaveReceivedCommandTimes(TransactWriteCommand, 4);
});

test("what is wrong with the transaction itself is a bug and not tried again", async () => {
  const { client, table } = mockedTable();
  client.on(TransactWriteCommand).rejects(canceled([{ Code: "ValidationError" }, { Code: "None" }]));
  await expect(transact(table, WRITES)).rejects.toThrow("Transaction cancelled");
  client.on(TransactWriteCommand).rejects(new Error("no network"));
  await expect(transact(table, WRITES)).rejects.toThrow("no network");
  expect(client).toHaveReceivedCommandTimes(TransactWriteCommand, 2);
});
