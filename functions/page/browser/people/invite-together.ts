import { addressKey } from "@vestibule/domain/invitations";
import { parseInvitee } from "@vestibule/domain/mail-address";
import type { Cost, Result } from "./invite-requests.ts";
import type { Usage } from "./shapes.ts";

/** What is left of each place; without a limit, everything. */
export type Free = { seats: number; guestPlaces: number };

export function freeOf(usage: Usage | undefined): Free {
  const left = (limit: number | undefined, taken: number) =>
    limit === undefined ? Number.POSITIVE_INFINITY : Math.max(0, limit - taken);
  return {
    seats: left(usage?.seats.limit, (usage?.seats.held ?? 0) + (usage?.seats.reserved ?? 0)),
    guestPlaces: left(usage?.guestLimit, (usage?.guests ?? 0) + (usage?.pendingGuests ?? 0)),
  };
}

function keyOf(entry: string): string | undefined {
  const invitee = parseInvitee(entry);
  return invitee && addressKey(invitee.email);
}

/** What an address is once it has been invited, or a guest added, by an earlier request (MINV-7, GINV-6). */
const AFTERWARDS: ReadonlyMap<string, string> = new Map([
  ["invited", "already-invited"],
  ["added", "already-member"],
]);

/**
 * Dry runs know nothing of one another: what earlier ones would have done is counted here, so that several tell together
 * what one would. An address that comes again is invited once, and each takes the place that is left (INV-10, SEAT-2).
 */
export function togetherWith(free: Free) {
  const earlier = new Map<string, string>();
  let left = free;

  return {
    /** What an earlier request says of an entry. */
    known(entry: string): Result | undefined {
      const status = earlier.get(keyOf(entry) ?? "");
      if (status === undefined) return undefined;
      return { entry, email: parseInvitee(entry)?.email ?? entry, status, problem: undefined, link: "" };
    },
    /** The results of one more dry run with its cost, as they are after the earlier ones. */
    add(results: readonly Result[], cost: Cost): { results: Result[]; cost: Cost } {
      const rest = { ...cost };
      const perPlace = { seats: Math.sign(cost.seats), guestPlaces: Math.sign(cost.guestPlaces) };
      const mailsEach = Math.sign(cost.mails);
      const after = results.map((result): Result => {
        if (result.status === "invited") {
          const next = {
            seats: left.seats - perPlace.seats,
            guestPlaces: left.guestPlaces - perPlace.guestPlaces,
          };
          if (next.seats < 0 || next.guestPlaces < 0) {
            rest.seats -= perPlace.seats;
            rest.guestPlaces -= perPlace.guestPlaces;
            rest.mails -= mailsEach;
            return { ...result, status: "quota-exceeded" };
          }
          left = next;
        }
        const [key, status] = [keyOf(result.entry), AFTERWARDS.get(result.status)];
        if (key !== undefined && status !== undefined) earlier.set(key, status);
        return result;
      });
      return { results: after, cost: rest };
    },
  };
}
