import {
  free,
  hold,
  holdReserved,
  mayHoldReservedSeat,
  mayHoldSeat,
  mayReserveSeat,
  release,
  reserve,
  type SeatCounters,
  seatUsage,
} from "@vestibule/domain/seats";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";

const full = (rule: string, limit: number, used: number) => ({
  allowed: false,
  code: "quota-exceeded",
  rule,
  details: { quota: "seats", limit, used },
});

test("SEAT-2 an invitation needs a free seat", () => {
  expect(mayReserveSeat({ limit: 3, held: 1, reserved: 1 })).toEqual({ allowed: true });
  expect(mayReserveSeat({ limit: 3, held: 1, reserved: 2 })).toEqual(full("SEAT-2", 3, 3));
});

test("SEAT-2 several at once need as many seats", () => {
  expect(mayReserveSeat({ limit: 5, held: 1, reserved: 1 }, 3)).toEqual({ allowed: true });
  expect(mayReserveSeat({ limit: 5, held: 1, reserved: 1 }, 4)).toEqual(full("SEAT-2", 5, 2));
});

test("SEAT-5 accepting looks at the seats held only", () => {
  expect(mayHoldReservedSeat({ limit: 3, held: 2, reserved: 5 })).toEqual({ allowed: true });
  expect(mayHoldReservedSeat({ limit: 2, held: 2, reserved: 1 })).toEqual(full("SEAT-5", 2, 2));
});

test("SEAT-9 coming in without a reservation needs a free seat", () => {
  expect(mayHoldSeat({ limit: 3, held: 1, reserved: 1 })).toEqual({ allowed: true });
  expect(mayHoldSeat({ limit: 3, held: 1, reserved: 2 })).toEqual(full("SEAT-9", 3, 3));
});

test("SEAT-7 0 means 0 and null means none", () => {
  for (const may of [mayReserveSeat, mayHoldReservedSeat, mayHoldSeat]) {
    expect(may({ limit: 0, held: 0, reserved: 0 }).allowed).toBe(false);
    expect(may({ limit: null, held: 1e9, reserved: 1e9 }).allowed).toBe(true);
  }
});

test("SEAT-10 usage shows what is free", () => {
  expect(seatUsage({ limit: 5, held: 2, reserved: 1 })).toEqual({
    limit: 5,
    held: 2,
    reserved: 1,
    available: 2,
    overLimit: 0,
  });
  expect(seatUsage({ limit: null, held: 2, reserved: 1 })).toEqual({
    limit: null,
    held: 2,
    reserved: 1,
    available: null,
    overLimit: 0,
  });
});

test("SEAT-5 usage shows the overrun", () => {
  expect(seatUsage({ limit: 2, held: 3, reserved: 1 })).toEqual({
    limit: 2,
    held: 3,
    reserved: 1,
    available: 0,
    overLimit: 2,
  });
});

/** What can happen to an organization's seats, as a person would number it. */
const COMMANDS = [
  "invite",
  "accept",
  "decline",
  "revoke",
  "expire",
  "remove",
  "deactivate",
  "reactivate",
] as const;
type Command = (typeof COMMANDS)[number];

/** The organization as a list of people and invitations: the truth that the counters are held against. */
type Model = { limit: number | null; members: number; deactivated: number; pending: number };

/** Runs one command through the domain's decision and transition, on the model and on the counters. */
const RUN: Record<Command, (model: Model, seats: SeatCounters) => SeatCounters> = {
  invite: (model, seats) => {
    if (!mayReserveSeat(seats).allowed) return seats;
    model.pending += 1;
    return reserve(seats);
  },
  accept: (model, seats) => {
    if (model.pending === 0 || !mayHoldReservedSeat(seats).allowed) return seats;
    model.pending -= 1;
    model.members += 1;
    return holdReserved(seats);
  },
  decline: closePending,
  revoke: closePending,
  expire: closePending,
  remove: (model, seats) => {
    if (model.members === 1) return seats;
    model.members -= 1;
    return free(seats);
  },
  deactivate: (model, seats) => {
    if (model.members === 1) return seats;
    model.members -= 1;
    model.deactivated += 1;
    return free(seats);
  },
  reactivate: (model, seats) => {
    if (model.deactivated === 0 || !mayHoldSeat(seats).allowed) return seats;
    model.deactivated -= 1;
    model.members += 1;
    return hold(seats);
  },
};

function closePending(model: Model, seats: SeatCounters): SeatCounters {
  if (model.pending === 0) return seats;
  model.pending -= 1;
  return release(seats);
}

const anyCommand = fc.constantFrom(...COMMANDS);
const anyLimit = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 8 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const start = (limit: number | null): [Model, SeatCounters] => [
  { limit, members: 1, deactivated: 0, pending: 0 },
  hold({ limit, held: 0, reserved: 0 }),
];
const agree = (model: Model, seats: SeatCounters) =>
  expect(seats).toEqual({ limit: model.limit, held: model.members, reserved: model.pending });

test("SEAT-3 seats held and reserved never exceed the limit, in any sequence that starts within it", () => {
  holds(
    fc.property(anyLimit, fc.array(anyCommand, { maxLength: 80 }), (limit, commands) => {
      let [model, seats] = start(limit);
      for (const command of commands) {
        seats = RUN[command](model, seats);
        agree(model, seats);
        expect(seatUsage(seats).overLimit).toBe(0);
      }
    }),
    { numRuns: 500 },
  );
});

test("SEAT-5 a lowered limit keeps everybody, and from then on the overrun only shrinks", () => {
  const anyStep = fc.oneof({ weight: 6, arbitrary: anyCommand }, { weight: 1, arbitrary: anyLimit });
  holds(
    fc.property(anyLimit, fc.array(anyStep, { maxLength: 80 }), (limit, steps) => {
      let [model, seats] = start(limit);
      for (const step of steps) {
        const before = seats;
        if (step === null || typeof step === "number") {
          model.limit = step;
          seats = { ...seats, limit: step };
        } else {
          seats = RUN[step](model, seats);
          expect(seatUsage(seats).overLimit).toBeLessThanOrEqual(seatUsage(before).overLimit);
          if (seats.held > before.held && seats.limit !== null)
            expect(seats.held).toBeLessThanOrEqual(seats.limit);
        }
        agree(model, seats);
      }
    }),
    { numRuns: 500 },
  );
});
