import {
  charge,
  DAY_MS,
  effectiveLimit,
  HOUR_MS,
  MAIL_LIMITS,
  type MailRate,
  refund,
} from "@vestibule/domain/mail-limits";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";

const now = Date.UTC(2026, 10, 22);

/** Charges one mail after another until one is refused. */
function sentAtOnce(rate: MailRate, tat?: number): number {
  let at = tat;
  for (let sent = 0; ; sent += 1) {
    const charged = charge(at, 1, rate, now);
    if (!charged.allowed) return sent;
    at = charged.tat;
  }
}

test("INV-13 a sender has 100 an hour, an organization 1 000 a day, a recipient 10 a day", () => {
  expect(MAIL_LIMITS).toEqual({
    sender: { limit: 100, periodMs: HOUR_MS },
    organization: { limit: 1_000, periodMs: DAY_MS },
    recipient: { limit: 10, periodMs: DAY_MS },
  });
});

test.each(Object.entries(MAIL_LIMITS))(
  "INV-13 after a rest a %s's whole allowance may be used at once",
  (_, rate) => {
    expect(sentAtOnce(rate)).toBe(rate.limit);
    expect(charge(undefined, rate.limit, rate, now).allowed).toBe(true);
    expect(charge(undefined, rate.limit + 1, rate, now).allowed).toBe(false);
  },
);

test("INV-13 of any limit, one by one, exactly that many", () => {
  holds(
    fc.property(fc.integer({ min: 1, max: 2_000 }), fc.constantFrom(HOUR_MS, DAY_MS), (limit, periodMs) => {
      expect(sentAtOnce({ limit, periodMs })).toBe(limit);
    }),
    { numRuns: 30 },
  );
});

test("INV-13 a used allowance comes back evenly, and the refusal says when the next mail goes", () => {
  const { sender } = MAIL_LIMITS;
  const used = charge(undefined, 100, sender, now);
  if (!used.allowed) throw new Error("a whole allowance");
  expect(charge(used.tat, 1, sender, now)).toEqual({ allowed: false, retryAfterMs: 36_000 });
  expect(charge(used.tat, 1, sender, now + 36_000).allowed).toBe(true);
  expect(charge(used.tat, 3, sender, now + 36_000)).toEqual({ allowed: false, retryAfterMs: 72_000 });
  expect(sentAtOnce(sender, used.tat - HOUR_MS)).toBe(100);
});

test("INV-13 no mails cost nothing, and where none are allowed there are none", () => {
  expect(charge(undefined, 0, { limit: 0, periodMs: DAY_MS }, now)).toEqual({ allowed: true, tat: now });
  expect(charge(undefined, 1, { limit: 0, periodMs: DAY_MS }, now)).toEqual({
    allowed: false,
    retryAfterMs: DAY_MS,
  });
});

test("INV-13 however mails are asked for, no time sees more than its rate and one burst", () => {
  const asked = fc.array(fc.record({ waitMs: fc.nat(DAY_MS / 4), mails: fc.integer({ min: 1, max: 12 }) }), {
    maxLength: 40,
  });
  holds(
    fc.property(asked, fc.integer({ min: 1, max: 12 }), (requests, limit) => {
      const rate = { limit, periodMs: DAY_MS };
      let [time, sent] = [now, 0];
      let tat: number | undefined;
      for (const { waitMs, mails } of requests) {
        time += waitMs;
        const charged = charge(tat, mails, rate, time);
        if (!charged.allowed) continue;
        tat = charged.tat;
        sent += mails;
        expect(sent).toBeLessThanOrEqual(limit + ((time - now) * limit) / DAY_MS + 0.01);
      }
    }),
  );
});

test("INV-13 a refusal is over once its time has passed", () => {
  holds(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(DAY_MS), fc.nat(500), (limit, aheadMs, more) => {
      const rate = { limit, periodMs: DAY_MS };
      const mails = 1 + (more % limit);
      const charged = charge(now + aheadMs, mails, rate, now);
      if (charged.allowed) return;
      expect(charge(now + aheadMs, mails, rate, now + charged.retryAfterMs).allowed).toBe(true);
      expect(charge(now + aheadMs, mails, rate, now + charged.retryAfterMs - 3).allowed).toBe(false);
    }),
  );
});

test("INV-13 what is given back can be used again", () => {
  holds(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.nat(1_000), (limit, more) => {
      const rate = { limit, periodMs: DAY_MS };
      const mails = 1 + (more % limit);
      const charged = charge(undefined, limit, rate, now);
      if (!charged.allowed) throw new Error("a whole allowance");
      const after = refund(charged.tat, mails, rate);
      expect(charge(after, mails, rate, now).allowed).toBe(true);
      expect(charge(after, mails + 1, rate, now).allowed).toBe(false);
    }),
  );
  expect(refund(now, 3, { limit: 0, periodMs: DAY_MS })).toBe(now);
});

test.each([
  [100, null, 100],
  [100, 50, 50],
  [100, 200, 100],
  [null, 50, 50],
  [null, null, null],
  [100, 0, 0],
])("INV-13 of the deployment's %s and its own %s, an organization has %s", (deployment, own, expected) => {
  expect(effectiveLimit(deployment, own)).toBe(expected);
});
