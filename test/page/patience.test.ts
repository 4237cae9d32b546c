import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { call } from "../../functions/page/browser/api.ts";
import { onWaiting } from "../../functions/page/browser/patience.ts";

const answer = (status: number, body: object = {}, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const LOST = new TypeError("Failed to fetch");

const fetched = vi.fn<typeof fetch>();
const waits: number[] = [];
const told = vi.fn();
beforeEach(() => {
  waits.length = 0;
  fetched.mockReset();
  told.mockReset();
  onWaiting(told);
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("setTimeout", (run: () => void, ms: number) => {
    waits.push(ms);
    queueMicrotask(run);
  });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** What comes back, one after the other; the last one from then on. */
function answers(...given: (() => Response | Error)[]): void {
  let at = 0;
  fetched.mockImplementation(async () => {
    const next = given[Math.min(at, given.length - 1)]?.() ?? LOST;
    at += 1;
    if (next instanceof Error) throw next;
    return next;
  });
}
const busy = () => answer(503, { code: "busy" }, { "retry-after": "1" });
const fine = () => answer(200, { results: [] });
const KEY = { headers: { "idempotency-key": "k" } };

test.each([
  ["a dry run", "POST", { isRepeatable: true }],
  ["a request with a key", "POST", KEY],
  ["a read", "GET", {}],
  ["a role that is set", "PUT", {}],
])(
  "INV-10 %s that meets a busy service is sent again after Retry-After, and said so",
  async (_, method, request) => {
    answers(busy, () => LOST, fine);
    expect(await call(method, "x", request)).toMatchObject({ ok: true });
    expect(fetched).toHaveBeenCalledTimes(3);
    expect(waits).toEqual([1_500, 1_000]);
    expect(told).toHaveBeenCalledTimes(2);
  },
);

test("the same body and the same key are sent again", async () => {
  answers(busy, fine);
  await call("POST", "x", { ...KEY, body: { a: 1 } });
  const sent = fetched.mock.calls.map(([, init]) => [init?.body, init?.headers]);
  expect(sent[0]).toEqual(sent[1]);
  expect(sent[0]?.[1]).toMatchObject({ "idempotency-key": "k" });
});

test.each([
  ["502", () => answer(502)],
  ["504", () => answer(504)],
  ["429 of the gateway", () => answer(429, { message: "Too Many Requests" })],
  [
    "an earlier attempt that still runs",
    () => answer(409, { code: "idempotency-in-progress" }, { "retry-after": "2" }),
  ],
])("%s passes", async (_, refusal) => {
  answers(refusal, fine);
  expect(await call("POST", "x", KEY)).toMatchObject({ ok: true });
});

test.each([
  [
    "INV-9 once a minute",
    () => answer(429, { code: "resent-too-soon", rule: "INV-9" }, { "retry-after": "40" }),
  ],
  [
    "INV-13 a mail limit",
    () => answer(429, { code: "mail-limit-exceeded", rule: "INV-13" }, { "retry-after": "3" }),
  ],
  ["SEAT-8 a quota", () => answer(409, { code: "quota-exceeded", rule: "SEAT-2" })],
  ["a bug of ours", () => answer(500, { code: "internal-error" })],
])("%s is told at once", async (_, refusal) => {
  answers(refusal, fine);
  expect(await call("POST", "x", KEY)).toMatchObject({ ok: false });
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(told).not.toHaveBeenCalled();
});

test("what may not be repeated is not: nobody knows what a lost answer said", async () => {
  answers(() => LOST, fine);
  for (const method of ["POST", "PATCH", "DELETE"]) {
    answers(() => LOST, fine);
    expect(await call(method, "x")).toMatchObject({ ok: false, code: "network" });
  }
  expect(fetched).toHaveBeenCalledTimes(3);
});

test("it gives up, with the reason, after four attempts", async () => {
  answers(busy);
  expect(await call("GET", "x")).toMatchObject({ ok: false, status: 503, code: "busy", retryAfterMs: 1_000 });
  expect(fetched).toHaveBeenCalledTimes(4);
});

test("nobody is kept waiting for as long as a service may name", async () => {
  answers(() => answer(503, {}, { "retry-after": "600" }));
  expect(await call("GET", "x")).toMatchObject({ ok: false, status: 503, retryAfterMs: 600_000 });
  expect(waits).toEqual([]);
});

test("slow attempts are fewer: nobody is kept waiting by all of them", async () => {
  let now = 0;
  vi.spyOn(Date, "now").mockImplementation(() => now);
  answers(() => {
    now += 5_000;
    return busy();
  });
  expect(await call("GET", "x")).toMatchObject({ ok: false, status: 503 });
  expect(fetched).toHaveBeenCalledTimes(2);
});
