import { expect, test } from "vitest";
import { freeOf, togetherWith } from "../../functions/page/browser/people/invite-together.ts";
import { usageIn } from "../../functions/page/browser/people/shapes.ts";

const result = (entry: string, status = "invited") => ({
  entry,
  email: entry,
  status,
  problem: undefined,
  link: "",
});
const cost = (seats: number, guestPlaces = 0, mails = seats + guestPlaces) => ({ seats, guestPlaces, mails });
const none = { seats: Number.POSITIVE_INFINITY, guestPlaces: Number.POSITIVE_INFINITY };

test("SEAT-2 several checks together take no more seats than are left, the last ones go without", () => {
  const together = togetherWith({ ...none, seats: 3 });
  expect(together.add([result("a@x.org"), result("b@x.org")], cost(2))).toEqual({
    results: [result("a@x.org"), result("b@x.org")],
    cost: cost(2),
  });
  const later = together.add([result("bad", "invalid-email"), result("c@x.org"), result("d@x.org")], cost(2));
  expect(later.results.map(({ status }) => status)).toEqual(["invalid-email", "invited", "quota-exceeded"]);
  expect(later.cost).toEqual(cost(1));
});

test("SEAT-6 guests take guest places; by link they cost no mail", () => {
  const together = togetherWith({ seats: 0, guestPlaces: 1 });
  const { results, cost: paid } = together.add([result("a@x.org"), result("b@x.org")], cost(0, 2, 0));
  expect(results.map(({ status }) => status)).toEqual(["invited", "quota-exceeded"]);
  expect(paid).toEqual(cost(0, 1, 0));
});

test("MINV-7 an address of an earlier check is known in later ones, however it is written", () => {
  const together = togetherWith(none);
  together.add(
    [result("Ada <ada@Example.com>"), result("gul@x.org", "added"), result("late@x.org", "quota-exceeded")],
    cost(1),
  );
  expect(together.known("ADA@example.com")).toEqual({ ...result("ADA@example.com", "already-invited") });
  expect(together.known("gul@x.org")?.status).toBe("already-member");
  expect(together.known("late@x.org")).toBeUndefined();
  expect(together.known("not an address")).toBeUndefined();
});

test("SEAT-5, SEAT-7 below the limit nothing is left, and no limit is none", () => {
  const usage = { seats: { limit: 2, held: 3, reserved: 1, overLimit: 2 }, guestLimit: null };
  expect(freeOf(usageIn(usage))).toEqual({ seats: 0, guestPlaces: Number.POSITIVE_INFINITY });
  expect(freeOf(undefined)).toEqual(none);
});
