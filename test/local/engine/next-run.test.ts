import { expect, test } from "vitest";
import { createClock } from "../../../infra/local/clock.ts";
import { nextRun } from "../../../infra/local/schedules/next-run.ts";
import { startScheduler } from "../../../infra/local/schedules/scheduler.ts";

const monday = Date.parse("2026-11-23T10:07:30.000Z");
const at = (expression: string) => new Date(nextRun(expression, monday)).toISOString();

test.each([
  ["rate(5 minutes)", "2026-11-23T10:12:30.000Z"],
  ["rate(1 hour)", "2026-11-23T11:07:30.000Z"],
  ["rate(2 days)", "2026-11-25T10:07:30.000Z"],
  ["cron(0/15 * * * ? *)", "2026-11-23T10:15:00.000Z"],
  ["cron(0 3 * * ? *)", "2026-11-24T03:00:00.000Z"],
  ["cron(30 9 ? * 1,7 *)", "2026-11-28T09:30:00.000Z"],
  ["cron(0 0 1 1 ? *)", "2027-01-01T00:00:00.000Z"],
])("%s is due at %s", (expression, expected) => {
  expect(at(expression)).toBe(expected);
});

test("an expression that is not known is refused", () => {
  expect(() => at("cron(0 0 L * ? *)")).toThrow("cron field L");
  expect(() => at("every day")).toThrow("every day");
});

test("a schedule runs once when the clock passes it, however far", async () => {
  const clock = createClock();
  const runs: unknown[] = [];
  const invoker = {
    async invoke(functionName: string, event: unknown) {
      runs.push([functionName, event]);
      return { ok: true, payload: null } as const;
    },
  };
  const schedule = { name: "sweep", functionName: "sweep", expression: "rate(1 hour)" };
  const scheduler = startScheduler([schedule], clock, invoker);
  clock.advance(3000);
  await scheduler.idle();
  expect(runs).toHaveLength(0);
  clock.advance(700);
  clock.advance(86_400);
  await scheduler.idle();
  expect(runs).toHaveLength(2);
  expect(await scheduler.run("sweep")).toEqual({ ok: true, payload: null });
  expect(scheduler.run("other")).toBeUndefined();
  await scheduler.stop();
});
