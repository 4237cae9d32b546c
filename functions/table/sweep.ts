import { type Address, addressItem } from "./addresses.ts";
import { closeInvitation } from "./close-invitation.ts";
import { endGuest } from "./ended-guests.ts";
import { type Guest, getGuest, guestEnd, isOver } from "./guests.ts";
import type { Intent } from "./intents.ts";
import { getInvitation } from "./invitations.ts";
import { keys } from "./keys.ts";
import { getItems, queryIndex } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import { type Tried, untried } from "./tried.ts";

const DAY_MS = 86_400_000;

/** How far back a sweep looks: over every day on which an invitation may have ended since a sweep last ran. */
const DAYS_BACK = 40;

/** Invitations of one day that a sweep reads at a time. */
const AT_ONCE = 200;

/** A sweep's moment, for how long it goes on, and what it does with a piece that goes wrong. */
type Sweep = { readonly now: number; readonly isTimeLeft: () => boolean; readonly tried: Tried };

async function closeInvited(table: Table, address: Address, now: number): Promise<boolean> {
  if (address.invitationId === undefined) return false;
  const invitation = await getInvitation(table, address.organizationId, address.invitationId);
  if (invitation === undefined || invitation.endsAt > now) return false;
  return await closeInvitation(table, invitation, "expired", {
    actorId: "system",
    sourceIp: undefined,
    now,
  });
}

async function closeDay(table: Table, day: string, { now, isTimeLeft, tried }: Sweep): Promise<number> {
  let closed = 0;
  let after: string | undefined;
  do {
    const page = await queryIndex(table, {
      partition: keys.expiringOn(day),
      after,
      upTo: `${isoTime(now)}~`,
      limit: AT_ONCE,
    });
    for (const address of await getItems(table, page.keys, addressItem)) {
      if (!isTimeLeft()) return closed;
      if (await tried(() => closeInvited(table, address, now), false)) closed += 1;
    }
    after = page.after;
  } while (after !== undefined);
  return closed;
}

/**
 * Closes every invitation past its date, of all organizations, day by day of expiry, oldest first. Nothing waits for it:
 * an expired invitation opens nothing and blocks no seat without it (SEAT-4, INV-1); it keeps lists and counters tidy.
 * @returns how many it closed; the next sweep goes on where time ran out
 */
export async function closeAllExpired(
  table: Table,
  now: number,
  isTimeLeft: () => boolean,
  tried: Tried = untried,
): Promise<number> {
  let closed = 0;
  for (let back = DAYS_BACK; back >= 0 && isTimeLeft(); back -= 1) {
    const day = isoTime(now - back * DAY_MS).slice(0, 10);
    closed += await tried(() => closeDay(table, day, { now, isTimeLeft, tried }), 0);
  }
  return closed;
}

async function endOne(
  table: Table,
  { organizationId, userId }: Pick<Guest, "organizationId" | "userId">,
  now: number,
): Promise<Intent | undefined> {
  const guest = await getGuest(table, organizationId, userId);
  return guest === undefined || !isOver(guest, now) ? undefined : await endGuest(table, guest, now);
}

async function endDay(table: Table, day: string, { now, isTimeLeft, tried }: Sweep): Promise<Intent[]> {
  const intents: Intent[] = [];
  let after: string | undefined;
  do {
    const page = await queryIndex(table, {
      partition: keys.endingOn(day),
      after,
      upTo: `${isoTime(now)}~`,
      limit: AT_ONCE,
    });
    for (const end of await getItems(table, page.keys, guestEnd)) {
      if (!isTimeLeft()) return intents;
      const intent = await tried(() => endOne(table, end, now), undefined);
      if (intent !== undefined) intents.push(intent);
    }
    after = page.after;
  } while (after !== undefined);
  return intents;
}

/**
 * Removes every guest past their end, of all organizations (GINV-10). Nothing waits for it: from their end on a guest is
 * refused and told nothing; it frees their places and takes them off the lists.
 * @returns what is left to carry out, one for each guest removed: their lines in channels
 */
export async function endAllGuests(
  table: Table,
  now: number,
  isTimeLeft: () => boolean,
  tried: Tried = untried,
): Promise<Intent[]> {
  const intents: Intent[] = [];
  for (let back = DAYS_BACK; back >= 0 && isTimeLeft(); back -= 1) {
    const day = isoTime(now - back * DAY_MS).slice(0, 10);
    intents.push(...(await tried(() => endDay(table, day, { now, isTimeLeft, tried }), [])));
  }
  return intents;
}
