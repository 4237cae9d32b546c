import { afterEach, expect, test } from "vitest";
import { createClock } from "../../../infra/local/clock.ts";
import type { FunctionModel } from "../../../infra/local/contracts.ts";
import { createFaults } from "../../../infra/local/faults/faults.ts";
import { createInvocationLog } from "../../../infra/local/invocation-log.ts";
import { createMeter } from "../../../infra/local/meter/meter.ts";
import { callerOf } from "../../../infra/local/runtime/caller.ts";
import { createInvoker, type StoppableInvoker } from "../../../infra/local/runtime/invoker.ts";
import type { PoolLimits } from "../../../infra/local/runtime/worker-pool.ts";
import { functionModel } from "./fixtures/function-model.ts";

const started: StoppableInvoker[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((invoker) => invoker.stop()));
});

function setup(functions: FunctionModel[], limits: Partial<PoolLimits> = {}) {
  const clock = createClock();
  const meter = createMeter();
  const faults = createFaults();
  const log = createInvocationLog();
  const invoker = createInvoker({
    functions,
    endpoints: { dynamodb: "http://127.0.0.1:1", ses: "http://127.0.0.1:2" },
    clock,
    meter,
    faults,
    log,
    limits,
  });
  started.push(invoker);
  const echo = async (event: unknown = {}) => {
    const result = await invoker.invoke("echo", event, "test");
    if (!result.ok) throw new Error(`${result.errorType}: ${result.errorMessage}`);
    return result.payload as Record<string, unknown>;
  };
  return { invoker, clock, meter, faults, log, echo };
}

test("a worker sees the template's environment and not this machine's", async () => {
  const { echo } = setup([functionModel("echo")]);
  const seen = await echo();
  expect(seen).toMatchObject({ greeting: "hello", functionName: "echoFunction" });
  expect(seen).not.toHaveProperty("home");
  expect(seen).not.toHaveProperty("undefinedIsDropped");
  expect(seen["remaining"]).toBeGreaterThan(4000);
  expect(callerOf(`AWS4-HMAC-SHA256 Credential=${seen["accessKeyId"]}/2026/x`)?.functionName).toBe("echo");
});

test("the first invocation is cold, the next ones reuse its worker", async () => {
  const { echo, meter, log } = setup([functionModel("echo")]);
  expect((await echo())["count"]).toBe(1);
  expect((await echo())["count"]).toBe(2);
  expect((await echo())["count"]).toBe(3);
  expect(meter.read().invocations).toEqual([
    expect.objectContaining({ functionName: "echo", count: 3, cold: 1 }),
  ]);
  const lines = log.lines.filter(({ kind }) => kind === "invocation").map(({ text }) => text);
  expect(lines[0]).toMatch(/^echo test \d+ ms cold$/);
  expect(lines[2]).toMatch(/^echo test \d+ ms warm$/);
});

test("the functions' time follows the shared clock, fixed dates stay what they are", async () => {
  const { echo, clock } = setup([functionModel("echo")]);
  await echo();
  clock.advance(86_400);
  const seen = await echo();
  expect(Math.abs(Number(seen["now"]) - clock.now())).toBeLessThan(1000);
  expect(Math.abs(Date.parse(String(seen["date"])) - Date.now() - 86_400_000)).toBeLessThan(1000);
  expect(seen).toMatchObject({ fixed: "1970-01-01T00:00:00.000Z", isDate: true, count: 2 });
});

test("invocations at once get workers of their own, up to the limit; the others wait", async () => {
  const { echo } = setup([functionModel("echo")], { workersPerFunction: 3 });
  const seen = await Promise.all(Array.from({ length: 9 }, () => echo({ sleepMs: 150 })));
  const workers = new Set(seen.map(({ accessKeyId }) => accessKeyId));
  expect(workers.size).toBeGreaterThan(1);
  expect(workers.size).toBeLessThanOrEqual(3);
});

test("a function gets its reserved worker even when others took all there are", async () => {
  const other = functionModel("echo", { name: "other" });
  const { invoker, echo } = setup([functionModel("echo"), other], {
    workersInAll: 1,
    reservedPerFunction: 1,
  });
  const long = invoker.invoke("other", { sleepMs: 2000 }, "test");
  const startedAt = Date.now();
  await echo();
  expect(Date.now() - startedAt).toBeLessThan(1500);
  await invoker.stop();
  await long;
});

test("a thrown error is the invocation's failure and leaves the worker warm", async () => {
  const { invoker, echo, log } = setup([functionModel("echo")]);
  expect(await invoker.invoke("echo", { throw: "no such thing" }, "test")).toEqual({
    ok: false,
    errorType: "TypeError",
    errorMessage: "no such thing",
  });
  expect((await echo())["count"]).toBe(2);
  expect(log.lines.some(({ kind, text }) => kind === "output" && text.includes("no such thing"))).toBe(true);
});

test("a timeout ends the worker", async () => {
  const { invoker, echo } = setup([functionModel("echo", { timeoutSeconds: 0.2 })]);
  expect(await invoker.invoke("echo", { sleepMs: 5000 }, "test")).toMatchObject({
    ok: false,
    errorType: "Sandbox.Timedout",
    errorMessage: "Task timed out after 0.20 seconds",
  });
  expect((await echo())["count"]).toBe(1);
});

test("process.exit ends only the worker", async () => {
  const { invoker, echo } = setup([functionModel("echo")]);
  expect(await invoker.invoke("echo", { exit: true }, "test")).toMatchObject({
    errorType: "Runtime.ExitError",
  });
  expect((await echo())["count"]).toBe(1);
});

test("a bundle that does not load fails its invocations with the reason", async () => {
  const { invoker } = setup([functionModel("broken")]);
  for (const _ of [1, 2]) {
    expect(await invoker.invoke("broken", {}, "test")).toMatchObject({
      ok: false,
      errorType: "SyntaxError",
      errorMessage: "this bundle does not load",
    });
  }
});

test("what a function prints is in the log", async () => {
  const { echo, log } = setup([functionModel("echo")]);
  await echo({ print: '{"level":"INFO"}' });
  await expect
    .poll(() => log.lines)
    .toContainEqual(
      expect.objectContaining({ kind: "output", functionName: "echo", text: '{"level":"INFO"}' }),
    );
});

test.each([
  ["throttle", "TooManyRequestsException"],
  ["error", "Runtime.InjectedError"],
  ["error-after", "Runtime.InjectedError"],
  ["kill", "Runtime.ExitError"],
] as const)("fault %s", async (effect, errorType) => {
  const { invoker, echo, faults } = setup([functionModel("echo")]);
  await echo();
  faults.replace([{ target: "function", match: { function: "echo" }, effect, times: 1 }]);
  expect(await invoker.invoke("echo", {}, "test")).toMatchObject({ ok: false, errorType });
  const expected = { throttle: 2, error: 2, "error-after": 3, kill: 1 }[effect];
  expect((await echo())["count"]).toBe(expected);
});

test("fault kill with a delay ends it in the middle", async () => {
  const { invoker, faults } = setup([functionModel("echo")]);
  faults.replace([{ target: "function", match: {}, effect: "kill", delayMs: 50 }]);
  const startedAt = Date.now();
  expect(await invoker.invoke("echo", { sleepMs: 4000 }, "test")).toMatchObject({
    errorType: "Runtime.ExitError",
  });
  expect(Date.now() - startedAt).toBeLessThan(2000);
});

test("an unknown function is a defect of the caller", async () => {
  const { invoker } = setup([]);
  await expect(invoker.invoke("nobody", {}, "test")).rejects.toThrow("nobody");
});
