import { afterAll, beforeEach, expect, test } from "vitest";
import { createClock } from "../../../infra/local/clock.ts";
import { createFaults } from "../../../infra/local/faults/faults.ts";
import { createInvocationLog } from "../../../infra/local/invocation-log.ts";
import { createMeter } from "../../../infra/local/meter/meter.ts";
import { callerOf } from "../../../infra/local/runtime/caller.ts";
import { createInvoker } from "../../../infra/local/runtime/invoker.ts";
import type { Wire, WiredCall } from "../../../infra/local/runtime/worker-wire.ts";
import { functionModel } from "./fixtures/function-model.ts";

type Answering = Wire["answer"];

const endpoint = "http://127.0.0.1:1";
let calls: WiredCall[] = [];
let answers: Answering[] = [];
const answer: Answering = async (call) => {
  calls.push(call);
  return await answers.shift()?.(call);
};
const invoker = createInvoker({
  functions: [functionModel("reader")],
  // Nobody is there: what does not take the wire fails.
  endpoints: { dynamodb: endpoint, ses: "http://127.0.0.1:2" },
  clock: createClock(),
  meter: createMeter(),
  faults: createFaults(),
  log: createInvocationLog(),
  limits: { workersPerFunction: 1 },
  wires: [{ base: `${endpoint}/`, answer }],
});
afterAll(() => invoker.stop());
beforeEach(() => {
  calls = [];
  answers = [];
});

const found =
  (text: string): Answering =>
  async () => ({
    status: 200,
    headers: {},
    body: Buffer.from(JSON.stringify({ Item: { text: { S: text } } })),
  });

async function read(pk: string): Promise<unknown> {
  const result = await invoker.invoke("reader", { pk }, "test");
  return result.ok ? result.payload : result;
}

test("a function's call arrives as it was signed, and its answer is heard", async () => {
  answers = [found("grüße")];
  expect(await read("ä")).toEqual({ item: { text: { S: "grüße" } } });
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({ method: "POST", path: "/", target: "DynamoDB_20120810.GetItem" });
  expect(callerOf(calls[0]?.authorization)?.functionName).toBe("reader");
  expect(calls[0]?.date).toMatch(/^\d{8}T\d{6}Z$/u);
  expect(JSON.parse(String(calls[0]?.body))).toEqual({ TableName: "Table", Key: { pk: { S: "ä" } } });
});

test("what the engine refuses is the SDK's error, and what fails on the way is tried again", async () => {
  const body = Buffer.from('{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"}');
  answers = [async () => ({ status: 400, headers: {}, body })];
  expect(await read("a")).toEqual({ error: "ResourceNotFoundException" });
  answers = [() => Promise.reject(new Error("broken off")), found("again")];
  expect(await read("a")).toEqual({ item: { text: { S: "again" } } });
});

test("an answer that comes too late is nobody's, and the next call hears its own", async () => {
  const late = Promise.withResolvers<void>();
  const tooLate: Answering = async (call) => {
    await late.promise;
    return await found("late")(call);
  };
  answers = [tooLate, tooLate];
  expect(await read("a")).toEqual({ error: "TimeoutError" });
  expect(calls).toHaveLength(2);
  late.resolve();
  answers = [found("in time")];
  expect(await read("a")).toEqual({ item: { text: { S: "in time" } } });
});
