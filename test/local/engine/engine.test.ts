import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createClock } from "../../../infra/local/clock.ts";
import type { StreamMapping, TableModel } from "../../../infra/local/contracts.ts";
import { createAccessCheck } from "../../../infra/local/engine/access-check.ts";
import { createTable } from "../../../infra/local/engine/create-table.ts";
import { type Engine, startEngine } from "../../../infra/local/engine/dynoxide-process.ts";
import { type MeteringProxy, startMeteringProxy } from "../../../infra/local/engine/metering-proxy.ts";
import { createFaults } from "../../../infra/local/faults/faults.ts";
import { createInvocationLog } from "../../../infra/local/invocation-log.ts";
import { createMeter } from "../../../infra/local/meter/meter.ts";
import { createInvoker, type StoppableInvoker } from "../../../infra/local/runtime/invoker.ts";
import { startStreamPoller } from "../../../infra/local/streams/stream-poller.ts";
import type { StreamRecord } from "../../../infra/local/streams/stream-record.ts";
import { until } from "../../support/until.ts";
import { functionModel } from "./fixtures/function-model.ts";
import { temporaryDirectory } from "./fixtures/temporary-directory.ts";

const table: TableModel = {
  name: "Table",
  key: { partition: "pk", sort: "sk" },
  attributes: { pk: "S", sk: "S", gsi1pk: "S", gsi1sk: "S" },
  indexes: [
    { name: "gsi1", partition: "gsi1pk", sort: "gsi1sk", projection: "KEYS_ONLY", nonKeyAttributes: [] },
  ],
  timeToLiveAttribute: "expiresAt",
  streamViewType: "NEW_AND_OLD_IMAGES",
};

const tableArn = "arn:aws:dynamodb:us-east-1:000000000000:table/Table";
const readOnly = [
  { actions: ["dynamodb:GetItem", "dynamodb:ConditionCheckItem"], resources: [tableArn] },
  { actions: ["dynamodb:Query"], resources: [`${tableArn}/index/*`] },
];

const meter = createMeter();
const faults = createFaults();
const clock = createClock();
const log = createInvocationLog();
let engine: Engine;
let proxy: MeteringProxy;
let invoker: StoppableInvoker;
let streamArn: string;
let kill: (accessKeyId: string) => void = () => {};

beforeAll(async () => {
  engine = await startEngine(undefined);
  streamArn = (await createTable(engine.endpoint, table)) ?? "";
  proxy = await startMeteringProxy({
    engineEndpoint: engine.endpoint,
    meter,
    faults,
    access: createAccessCheck([functionModel("writer", { name: "reader", permissions: readOnly })]),
    kill: (id) => kill(id),
    onWrite: () => {},
  });
  invoker = createInvoker({
    functions: [functionModel("writer"), functionModel("writer", { name: "reader" })],
    endpoints: { dynamodb: proxy.endpoint, ses: "http://127.0.0.1:2" },
    clock,
    meter,
    faults,
    log,
  });
  kill = invoker.kill;
});

afterAll(async () => {
  await invoker.stop();
  await proxy.stop();
  await engine.stop();
  expect(execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })).not.toContain(
    `--port ${new URL(engine.endpoint).port}`,
  );
});

beforeEach(() => {
  meter.reset();
  faults.replace([]);
});

type Call = { operation: string; body: Record<string, unknown> };
type Answers = { answers: { status: number; body: Record<string, unknown> }[]; workerCount: number };

const item = (pk: string, more: Record<string, unknown> = {}) => ({ pk: { S: pk }, sk: { S: "x" }, ...more });
const put = (pk: string, more: Record<string, unknown> = {}): Call => ({
  operation: "PutItem",
  body: { TableName: "Table", Item: item(pk, more) },
});
const get = (pk: string): Call => ({ operation: "GetItem", body: { TableName: "Table", Key: item(pk) } });
const transact = (...pks: string[]): Call => ({
  operation: "TransactWriteItems",
  body: { TransactItems: pks.map((pk) => ({ Put: { TableName: "Table", Item: item(pk) } })) },
});

const write = (...calls: Call[]) => writeAs("writer", ...calls);

async function writeAs(functionName: string, ...calls: Call[]): Promise<Answers> {
  const result = await invoker.invoke(functionName, { calls }, "test");
  if (!result.ok) throw new Error(`${result.errorType}: ${result.errorMessage}`);
  return result.payload as Answers;
}

test("the table is there once, with its index", async () => {
  expect(await createTable(engine.endpoint, table)).toBe(streamArn);
  const { answers } = await write({
    operation: "Query",
    body: {
      TableName: "Table",
      IndexName: "gsi1",
      KeyConditionExpression: "gsi1pk = :p",
      ExpressionAttributeValues: { ":p": { S: "none" } },
    },
  });
  expect(answers[0]).toMatchObject({ status: 200, body: { Count: 0 } });
});

test("units are counted by function and operation", async () => {
  await write(
    put("é"),
    put("indexed", { gsi1pk: { S: "g" }, gsi1sk: { S: "1" } }),
    get("é"),
    transact("a", "b"),
  );
  expect(meter.read().units).toEqual([
    { functionName: "writer", operation: "PutItem", readUnits: 0, writeUnits: 3, calls: 2 },
    { functionName: "writer", operation: "GetItem", readUnits: 0.5, writeUnits: 0, calls: 1 },
    { functionName: "writer", operation: "TransactWriteItems", readUnits: 0, writeUnits: 4, calls: 1 },
  ]);
  expect(meter.read().totals).toEqual({ readUnits: 0.5, writeUnits: 7 });
});

test("throttling, errors before and after, conflicts", async () => {
  const match = { function: "writer", operation: "PutItem" };
  faults.replace([{ target: "dynamodb", match, effect: "throttle", times: 1 }]);
  expect((await write(put("t"), get("t"))).answers).toMatchObject([
    { status: 400, body: { __type: expect.stringContaining("ProvisionedThroughputExceededException") } },
    { status: 200 },
  ]);
  faults.replace([{ target: "dynamodb", match, effect: "error", times: 1 }]);
  const before = await write(put("e"), get("e"));
  expect(before.answers[0]?.status).toBe(500);
  expect(before.answers[1]?.body).not.toHaveProperty("Item");
  faults.replace([{ target: "dynamodb", match, effect: "error-after", times: 1 }]);
  const after = await write(put("f"), get("f"));
  expect(after.answers[0]?.status).toBe(500);
  expect(after.answers[1]?.body).toHaveProperty("Item");
  faults.replace([{ target: "dynamodb", match: {}, effect: "throttle", conflict: true, times: 1 }]);
  expect((await write(transact("c", "d"))).answers[0]).toMatchObject({
    status: 400,
    body: {
      __type: expect.stringContaining("TransactionCanceledException"),
      CancellationReasons: [{ Code: "TransactionConflict" }, { Code: "None" }],
    },
  });
});

test("a function is killed on its second call: the first one is done", async () => {
  faults.replace([{ target: "dynamodb", match: { function: "writer" }, effect: "kill", skip: 1, times: 1 }]);
  const result = await invoker.invoke("writer", { calls: [put("k1"), put("k2")] }, "test");
  expect(result).toMatchObject({ ok: false, errorType: "Runtime.ExitError" });
  const { answers, workerCount } = await write(get("k1"), get("k2"));
  expect(answers[0]?.body).toHaveProperty("Item");
  expect(answers[1]?.body).not.toHaveProperty("Item");
  expect(workerCount).toBe(1);
});

test("a function may do what its role allows, and nothing else", async () => {
  const query: Call = {
    operation: "Query",
    body: {
      TableName: "Table",
      KeyConditionExpression: "pk = :p",
      ExpressionAttributeValues: { ":p": { S: "a" } },
    },
  };
  await write(put("there"));
  const check = {
    ConditionCheck: { TableName: "Table", Key: item("there"), ConditionExpression: "attribute_exists(pk)" },
  };
  const { answers } = await writeAs("reader", get("a"), put("a"), query, transact("a"), {
    operation: "TransactWriteItems",
    body: { TransactItems: [check] },
  });
  expect(answers.map(({ status }) => status)).toEqual([200, 400, 400, 400, 200]);
  expect(answers[1]?.body).toEqual({
    __type: "com.amazon.coral.service#AccessDeniedException",
    Message: `The role of reader is not authorized to perform: dynamodb:PutItem on resource: ${tableArn}`,
  });
  expect(answers[3]?.body["Message"]).toContain("dynamodb:PutItem");
});

const mapping: StreamMapping = {
  functionName: "reader",
  batchSize: 10,
  windowSeconds: 0,
  parallelizationFactor: 4,
  bisectsOnError: true,
  maxRetries: 2,
  maxAgeSeconds: 900,
  reportsItemFailures: true,
  startsAt: "LATEST",
  filters: [],
};

test("the stream reaches each mapping: filtered, in order per item, without writes that changed nothing", async () => {
  const seen: Record<string, string[]> = { reader: [], picky: [] };
  const poller = await startStreamPoller({
    endpoint: engine.endpoint,
    streamArn,
    mappings: [mapping, { ...mapping, functionName: "picky", filters: [{ eventName: ["REMOVE"] }] }],
    clock,
    log,
    intervalMs: 5,
    invoker: {
      async invoke(functionName, event) {
        for (const { eventName, dynamodb } of (event as { Records: StreamRecord[] }).Records) {
          const image = dynamodb.NewImage as { n?: { N: string } } | undefined;
          seen[functionName]?.push(
            `${eventName} ${(dynamodb.Keys["pk"] as { S: string }).S} ${image?.n?.N ?? "-"}`,
          );
        }
        return { ok: true, payload: null };
      },
    },
  });
  const numbered = (n: number) => put("s", { n: { N: String(n) } });
  await write(numbered(1), numbered(2), numbered(2), put("other"), numbered(3));
  await write({ operation: "DeleteItem", body: { TableName: "Table", Key: item("s") } });
  await expect.poll(() => seen["reader"], { timeout: 3000 }).toHaveLength(5);
  await expect.poll(() => poller.isQuiet()).toBe(true);
  expect(seen["reader"]?.filter((text) => text.includes(" s "))).toEqual([
    "INSERT s 1",
    "MODIFY s 2",
    "MODIFY s 3",
    "REMOVE s -",
  ]);
  expect(seen["picky"]).toEqual(["REMOVE s -"]);
  const positions = poller.positions();
  await poller.stop();
  await write(put("later"));
  const resumed: string[] = [];
  const next = await startStreamPoller({
    endpoint: engine.endpoint,
    streamArn,
    mappings: [mapping],
    positions,
    clock,
    log,
    intervalMs: 5,
    invoker: {
      async invoke(_, event) {
        for (const { dynamodb } of (event as { Records: StreamRecord[] }).Records) {
          resumed.push((dynamodb.Keys["pk"] as { S: string }).S);
        }
        return { ok: true, payload: null };
      },
    },
  });
  await expect.poll(() => resumed, { timeout: 3000 }).toEqual(["later"]);
  await next.stop();
});

test("whoever waits for quiet gets every change handled, those that a function makes of them included", async () => {
  const taken: string[] = [];
  const poller = await startStreamPoller({
    endpoint: engine.endpoint,
    streamArn,
    mappings: [{ ...mapping, startsAt: "LATEST" }],
    clock,
    log,
    // Longer than the test: nothing is read but for who waits.
    intervalMs: 60_000,
    invoker: {
      async invoke(_, event) {
        for (const { dynamodb } of (event as { Records: StreamRecord[] }).Records) {
          const { S: key } = dynamodb.Keys["pk"] as { S: string };
          if (key === "first") await write(put("second"));
          taken.push(key);
        }
        return { ok: true, payload: null };
      },
    },
  });
  await write(put("first"));
  poller.wake();
  expect(poller.isQuiet()).toBe(false);
  expect(await poller.settle(5_000)).toBe(true);
  expect(taken).toEqual(["first", "second"]);
  await poller.stop();
});

test("records that no function takes are kept with the reason", async () => {
  const poller = await startStreamPoller({
    endpoint: engine.endpoint,
    streamArn,
    mappings: [{ ...mapping, failureDestination: "Failures" }],
    clock,
    log,
    intervalMs: 5,
    backoffMs: { first: 1, most: 2 },
    invoker: { invoke: async () => ({ ok: false, errorType: "Error", errorMessage: "no" }) },
  });
  await write(put("poison"));
  await expect.poll(() => poller.givenUp, { timeout: 3000 }).toHaveLength(1);
  expect(poller.givenUp[0]).toMatchObject({
    functionName: "reader",
    reason: expect.stringContaining("retries"),
  });
  expect(log.lines.some(({ text }) => text.includes("→ Failures"))).toBe(true);
  await poller.stop();
});

test("data in a file is there again", async () => {
  const file = join(temporaryDirectory(), "table.sqlite");
  const first = await startEngine(file);
  const arn = await createTable(first.endpoint, table);
  await first.stop();
  const second = await startEngine(file);
  expect(await createTable(second.endpoint, table)).toBe(arn);
  await second.stop();
});

test("what is kept nowhere is gone with the process that asked for it, even when that is killed", async () => {
  const source = new URL("../../../infra/local/engine/dynoxide-process.ts", import.meta.url).href;
  const program = `const { databaseFile } = await (await import("${source}")).startEngine(); console.log(databaseFile);`;
  const owner = spawn(process.execPath, [
    "--input-type=module",
    "--eval",
    `${program} setInterval(() => {}, 1e6);`,
  ]);
  const [line] = await once(owner.stdout, "data");
  const directory = dirname(String(line).trim());
  expect(existsSync(directory)).toBe(true);
  owner.kill("SIGKILL");
  await until("the directory to be gone", () => !existsSync(directory));
});

test("the highest number of a long stream is found by an index", () => {
  const database = new DatabaseSync(engine.databaseFile ?? "");
  const asked =
    "SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = 'Table'";
  const plan = JSON.stringify(database.prepare(`EXPLAIN QUERY PLAN ${asked}`).all());
  database.close();
  expect(plan).toContain("USING");
  expect(plan).toContain("vestibule_stream_numbers");
});
