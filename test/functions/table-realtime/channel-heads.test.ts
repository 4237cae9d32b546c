import { TransactionConflictException } from "@aws-sdk/client-dynamodb";
import { GetCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { fenceWrite, getLastSeq, takeSeq, takeSeqInput } from "../../../functions/table/channel-heads.ts";
import { BLOCK, memoryOf, nonceHash, WINDOW } from "../../../functions/table/message-nonces.ts";
import { readMemory, rememberBlocks } from "../../../functions/table/nonce-memory.ts";
import { CHANNEL, GENERAL, ORG } from "../message/people.ts";
import { conditionFailed, setup, throttled } from "./setup.ts";

const HASH = nonceHash("usr_a", "n", 0);
const EMPTY = memoryOf(new Map(), 0);
const GROUNDS = { grounds: { fence: 1_000 } };
const KEY = { pk: `O#${ORG}#CHANNEL#${GENERAL}`, sk: "HEAD" };

test("MSG-2 the next seq is one conditional write on the head", async () => {
  const { client, table } = setup();
  client.on(UpdateCommand).resolves({ Attributes: { ...KEY, seq: 1, nonces: { [HASH]: 1 } } });
  expect(await takeSeq(table, CHANNEL, HASH, EMPTY, GROUNDS)).toEqual({
    kind: "taken",
    head: { seq: 1, nonces: { [HASH]: 1 } },
  });
  expect(client.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
    Key: KEY,
    UpdateExpression: "SET seq = seq + :one, nonces.#hash = seq + :one",
    ExpressionAttributeNames: { "#hash": HASH },
    ExpressionAttributeValues: { ":one": 1, ":limit": WINDOW, ":fence": 1_000 },
  });
});

test.each([
  ["known", { seq: 5, nonces: { [HASH]: 3 } }, { kind: "known", seq: 3 }],
  [
    "known, though archived since",
    { seq: 5, nonces: { [HASH]: 3 }, archivedAt: "2026" },
    { kind: "known", seq: 3 },
  ],
  [
    "known, though somebody left since",
    { seq: 5, nonces: { [HASH]: 3 }, fencedAt: 2_000 },
    { kind: "known", seq: 3 },
  ],
  [
    "fenced before it is archived",
    { seq: 5, nonces: {}, fencedAt: 2_000, archivedAt: "2026" },
    { kind: "fenced", fencedAt: 2_000 },
  ],
  ["in an archived channel", { seq: 5, nonces: {}, archivedAt: "2026" }, { kind: "archived" }],
  ["behind", { seq: 99, nonces: {} }, { kind: "behind", head: { seq: 99, nonces: {} } }],
  ["in no channel", undefined, { kind: "no-channel" }],
])("MSG-3 a refused nonce is %s", async (_what, item, expected) => {
  const { client, table } = setup();
  client.on(UpdateCommand).rejects(conditionFailed(item));
  expect(await takeSeq(table, CHANNEL, HASH, EMPTY, GROUNDS)).toEqual(expected);
});

test("a throttled table is not taken for a refusal", async () => {
  const { client, table } = setup();
  client.on(UpdateCommand).rejects(throttled());
  await expect(takeSeq(table, CHANNEL, HASH, EMPTY, GROUNDS)).rejects.toThrow("slow down");
});

test("MSG-3 the expression stays below DynamoDB's 4 KB and 300 operators", () => {
  const blocks = new Map(
    Array.from({ length: 12 }, (_, block) => [block, new Uint8Array(BLOCK * 3).fill(block)]),
  );
  const input = takeSeqInput(HASH, memoryOf(blocks, 0), GROUNDS);
  expect(input.UpdateExpression.length).toBeLessThan(4_096);
  expect(Object.keys(input.ExpressionAttributeNames).length).toBeLessThan(120);
});

test("pages are read newest first, and start the row where they start", async () => {
  const { client, table } = setup();
  const block = new Uint8Array(BLOCK * 3);
  const full = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`b${index}`, block]));
  const sk = (page: number) => `MEMORY#${String(page).padStart(12, "0")}`;
  const older = [10, 9, 8].map((page) => ({ sk: sk(page), ...full }));
  client
    .on(QueryCommand)
    .resolvesOnce({ Items: [{ sk: sk(11), b0: block, b2: block }, ...older] })
    .resolvesOnce({ Items: [{ sk: sk(1), b0: block }] });
  const memory = await readMemory(table, CHANNEL, { isConsistent: false });
  expect(memory.newest).toBe((11 * 12 + 1) * BLOCK);
  expect(memory.blocks.size).toBe(3 * 12 + 2);
  expect((await readMemory(table, CHANNEL, { isConsistent: true })).newest).toBe(0);
  expect(client.commandCalls(QueryCommand).map(({ args }) => args[0].input)).toMatchObject([
    { ConsistentRead: false, ScanIndexForward: false, Limit: 4 },
    { ConsistentRead: true },
  ]);
});

test("a block is kept at its place on its page", async () => {
  const { client, table } = setup();
  client.on(UpdateCommand).resolves({});
  await rememberBlocks(table, CHANNEL, new Map([[14, new Uint8Array(72)]]));
  expect(client.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
    Key: { sk: "MEMORY#000000000001" },
    ExpressionAttributeNames: { "#block": "b2" },
  });
});

test("a channel that is not there has no last seq", async () => {
  const { client, table } = setup();
  client
    .on(GetCommand)
    .resolvesOnce({ Item: { seq: 7 } })
    .resolvesOnce({});
  expect(await getLastSeq(table, CHANNEL)).toBe(7);
  expect(await getLastSeq(table, CHANNEL)).toBeUndefined();
});

test("a seq is taken past the transactions that hold the head for a moment", async () => {
  const { client, table } = setup();
  const conflict = new TransactionConflictException({ $metadata: {}, message: "held" });
  client
    .on(UpdateCommand)
    .rejectsOnce(conflict)
    .rejectsOnce(conflict)
    .resolves({ Attributes: { seq: 1, nonces: {} } });
  expect(await takeSeq(table, CHANNEL, HASH, EMPTY, GROUNDS)).toMatchObject({ kind: "taken" });
});

test("MSG-4 the fence is set on a head that is there, and asked for by every post but the system's", () => {
  expect(fenceWrite(CHANNEL, 5)).toMatchObject({
    label: "head fence",
    update: KEY,
    condition: "attribute_exists(pk)",
    values: { ":now": 5 },
  });
  expect(takeSeqInput(HASH, EMPTY, GROUNDS).ConditionExpression).toContain("fencedAt <= :fence");
  expect(takeSeqInput(HASH, EMPTY, { grounds: { isSystem: true } }).ConditionExpression).not.toMatch(
    /fence|archived/u,
  );
});
