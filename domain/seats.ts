import type { Decision } from "./decision.ts";
import { within } from "./quotas.ts";

/** SEAT-1, SEAT-2: seats held by members and reserved by pending member invitations; `limit: null` is no limit. */
export type SeatCounters = {
  readonly limit: number | null;
  readonly held: number;
  readonly reserved: number;
};

export type SeatUsage = SeatCounters & { readonly available: number | null; readonly overLimit: number };

/** SEAT-5, SEAT-10: the dashboard's figures. `available` is `null` without a limit; `overLimit` is the overrun. */
export function seatUsage({ limit, held, reserved }: SeatCounters): SeatUsage {
  if (limit === null) return { limit, held, reserved, available: null, overLimit: 0 };
  const free = limit - held - reserved;
  return { limit, held, reserved, available: Math.max(0, free), overLimit: Math.max(0, -free) };
}

/** SEAT-2: a member invitation needs a free seat to reserve. */
export function mayReserveSeat({ limit, held, reserved }: SeatCounters, count = 1): Decision {
  return within("seats", { limit, used: held + reserved }, "SEAT-2", count);
}

/** SEAT-5: a reserved seat becomes a held one unless the seats *held* would pass the limit. */
export function mayHoldReservedSeat({ limit, held }: SeatCounters): Decision {
  return within("seats", { limit, used: held }, "SEAT-5");
}

/** SEAT-9: whoever comes in without a reservation (reactivation) needs a free seat. */
export function mayHoldSeat({ limit, held, reserved }: SeatCounters): Decision {
  return within("seats", { limit, used: held + reserved }, "SEAT-9");
}

/** SEAT-2: an invitation was made. */
export function reserve(counters: SeatCounters, count = 1): SeatCounters {
  return { ...counters, reserved: counters.reserved + count };
}

/** SEAT-4: an invitation was revoked, declined or expired. */
export function release(counters: SeatCounters, count = 1): SeatCounters {
  return { ...counters, reserved: counters.reserved - count };
}

/** SEAT-3: an invitation was accepted; the person is never counted twice. */
export function holdReserved(counters: SeatCounters): SeatCounters {
  return { ...counters, held: counters.held + 1, reserved: counters.reserved - 1 };
}

/** SEAT-9: somebody came in without an invitation: the founder, or a reactivated member. */
export function hold(counters: SeatCounters): SeatCounters {
  return { ...counters, held: counters.held + 1 };
}

/** ORG-10: a member left, was removed or deactivated. */
export function free(counters: SeatCounters): SeatCounters {
  return { ...counters, held: counters.held - 1 };
}
