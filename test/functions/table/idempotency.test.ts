import { DeleteCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import "aws-sdk-client-mock-vitest/extend";
import { expect, test } from "vitest";
import { idempotencyStore } from "../../../functions/table/idempotency.ts";
import { NOW } from "./items.ts";
import { conditionFailed, mockedTable } from "./mocked-table.ts";

const request = { userId: "usr_1", keyHash: "key", bodyHash: "body", suffix: "suffix", now: NOW };
const KEY = { pk: "I#usr_1", sk: "key" };
const kept = {
  ...KEY,
  bodyHash: "body",
  suffix: "first",
  runningUntil: NOW + 5_000,
  expiresAt: NOW / 1000 + 86_400,
};

function setup(known?: Record<string, unknown>) {
  const { client, table } = mockedTable();
  client.on(UpdateCommand).resolves({});
  client.on(DeleteCommand).resolves({});
  if (known === undefined) client.on(PutCommand).resolves({});
  else client.on(PutCommand).rejects(conditionFailed({ ...kept, ...known }));
  return { client, store: idempotencyStore(table) };
}

test("a new key is ours, for 24 hours", async () => {
  const { client, store } = setup();
  expect(await store.claim(request)).toEqual({ kind: "ours", suffix: "suffix" });
  expect(client).toHaveReceivedCommandWith(PutCommand, {
    Item: {
      ...KEY,
      bodyHash: "body",
      suffix: "suffix",
      runningUntil: NOW + 30_000,
      expiresAt: NOW / 1000 + 86_400,
    },
    // TTL deletes days late: what is past its date counts as gone.
    ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
  });
});

test("a key whose request was answered gives the answer", async () => {
  const { store } = setup({ status: 201, body: { id: "org_1" }, version: 1 });
  expect(await store.claim(request)).toEqual({
    kind: "known",
    suffix: "first",
    status: 201,
    body: { id: "org_1" },
    version: 1,
  });
});

test("another body is told from the same one, answered or not", async () => {
  expect(await setup({ bodyHash: "other" }).store.claim(request)).toEqual({ kind: "other-body" });
  expect(await setup({ bodyHash: "other", status: 201 }).store.claim(request)).toEqual({
    kind: "other-body",
  });
});

test("one that runs is left to run", async () => {
  expect(await setup({}).store.claim(request)).toEqual({ kind: "running" });
});

test("one whose function died is taken over under the id it had planned, by one only", async () => {
  const { client, store } = setup({ runningUntil: NOW - 1 });
  expect(await store.claim(request)).toEqual({ kind: "ours", suffix: "first" });
  expect(client).toHaveReceivedCommandWith(UpdateCommand, {
    ConditionExpression: "runningUntil = :was AND attribute_not_exists(#status)",
    ExpressionAttributeValues: { ":until": NOW + 30_000, ":was": NOW - 1 },
  });
  client.on(UpdateCommand).rejects(conditionFailed());
  expect(await store.claim(request)).toEqual({ kind: "running" });
});

test("what the table cannot do is no answer", async () => {
  const { client, store } = setup();
  client.on(PutCommand).rejects(new Error("away"));
  await expect(store.claim(request)).rejects.toThrow("away");
});

test("an answer is kept beside its claim, and a refusal is forgotten", async () => {
  const { client, store } = setup();
  await store.complete({ userId: "usr_1", keyHash: "key", status: 201, body: undefined, version: undefined });
  expect(client).toHaveReceivedCommandWith(UpdateCommand, { Key: KEY });
  await store.release({ userId: "usr_1", keyHash: "key" });
  expect(client).toHaveReceivedCommandWith(DeleteCommand, { Key: KEY });
});
