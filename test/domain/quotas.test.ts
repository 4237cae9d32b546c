import {
  CHANNEL_QUOTAS,
  mayAddChannel,
  mayHoldGuestPlace,
  mayTakeGuestPlace,
} from "@vestibule/domain/quotas";
import { CHANNEL_TYPES } from "@vestibule/domain/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";

const allowed = { allowed: true };
const over = (rule: string, details: object) => ({ allowed: false, code: "quota-exceeded", rule, details });

test("SEAT-6 SEAT-8 a guest is invited while guests and pending guests are below the limit", () => {
  expect(mayTakeGuestPlace({ limit: 3, guests: 1, pendingGuests: 1 })).toEqual(allowed);
  expect(mayTakeGuestPlace({ limit: 3, guests: 1, pendingGuests: 2 })).toEqual(
    over("SEAT-6", { quota: "guests", limit: 3, used: 3 }),
  );
  expect(mayTakeGuestPlace({ limit: 3, guests: 1, pendingGuests: 1 }, "SEAT-6", 2).allowed).toBe(false);
});

test("SEAT-6 a pending guest comes in while the guests alone are below a limit that was lowered", () => {
  expect(mayHoldGuestPlace({ limit: 2, guests: 1 })).toEqual(allowed);
  expect(mayHoldGuestPlace({ limit: 1, guests: 1 })).toEqual(
    over("SEAT-6", { quota: "guests", limit: 1, used: 1 }),
  );
});

test("SEAT-7 0 means 0, and null no limit", () => {
  expect(mayTakeGuestPlace({ limit: 0, guests: 0, pendingGuests: 0 }).allowed).toBe(false);
  expect(mayTakeGuestPlace({ limit: null, guests: 1_000, pendingGuests: 1_000 })).toEqual(allowed);
  expect(mayAddChannel("public", { limit: 0, used: 0 }).allowed).toBe(false);
});

test("SEAT-8 channels count by type, conversations not at all", () => {
  const full = { limit: 5, used: 5 };
  for (const type of CHANNEL_TYPES) {
    const quota = CHANNEL_QUOTAS[type];
    expect(mayAddChannel(type, full)).toEqual(quota === null ? allowed : over("SEAT-8", { quota, ...full }));
    expect(mayAddChannel(type, { limit: 5, used: 4 })).toEqual(allowed);
  }
  expect(CHANNEL_QUOTAS).toEqual({
    public: "publicChannels",
    private: "privateChannels",
    direct: null,
    group: null,
  });
});

test("SEAT-6 SEAT-9 however many are invited and come in, the limit is never passed", () => {
  const step = fc.constantFrom("invite", "accept", "revoke", "remove");
  holds(
    fc.property(fc.nat(4), fc.array(step, { maxLength: 40 }), (limit, steps) => {
      let [guests, pendingGuests] = [0, 0];
      for (const what of steps) {
        const counters = { limit, guests, pendingGuests };
        if (what === "invite" && mayTakeGuestPlace(counters).allowed) pendingGuests++;
        if (what === "revoke" && pendingGuests > 0) pendingGuests--;
        if (what === "remove" && guests > 0) guests--;
        if (what === "accept" && pendingGuests > 0 && mayHoldGuestPlace(counters).allowed)
          [guests, pendingGuests] = [guests + 1, pendingGuests - 1];
        expect(guests + pendingGuests).toBeLessThanOrEqual(limit);
      }
    }),
  );
});
