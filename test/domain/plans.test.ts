import {
  deletedBefore,
  limitsFor,
  PLAN_DELETION_DAYS,
  PLAN_LIMITS,
  visibleSince,
} from "@vestibule/domain/plans";
import { PLANS } from "@vestibule/domain/vocabulary";
import { expect, test } from "vitest";

test("SEAT-7 the published figures stand", () => {
  expect(PLANS.map((plan) => PLAN_LIMITS[plan].guests)).toEqual([100, 100, 100, 100]);
  expect(PLAN_LIMITS.essential.historyDays).toBe(90);
  expect(PLAN_DELETION_DAYS.essential).toBe(365);
});

test("SEAT-7 an organization's own limit replaces the plan's: 0 is 0, null is none, left out is the plan's", () => {
  const limits = limitsFor("essential", { seats: 0, guests: null, historyDays: undefined });
  expect(limits).toEqual({ ...PLAN_LIMITS.essential, seats: 0, guests: null });
  expect(limitsFor("business")).toEqual(PLAN_LIMITS.business);
});

test("MSG-5 SEAT-7 history is hidden before the plan's days", () => {
  const now = Date.UTC(2026, 3, 1);
  expect(visibleSince(90, now)).toBe(Date.UTC(2026, 0, 1));
  expect(visibleSince(0, now)).toBe(now);
  expect(visibleSince(null, now)).toBeNull();
});

test("SEAT-7 messages are deleted before 365 days on essential, and on no other plan", () => {
  const now = Date.UTC(2027, 3, 1);
  expect(deletedBefore("essential", now)).toBe(Date.UTC(2026, 3, 1));
  expect(PLANS.filter((plan) => deletedBefore(plan, now) !== null)).toEqual(["essential"]);
});
