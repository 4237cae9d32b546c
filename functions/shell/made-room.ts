import { mayTakeGuestPlace } from "@vestibule/domain/quotas";
import { mayReserveSeat } from "@vestibule/domain/seats";
import { carryOutSoon } from "../membership/carry-out.ts";
import type { AddressKind } from "../table/addresses.ts";
import { closeExpired } from "../table/close-invitation.ts";
import { endGuestsOf } from "../table/ended-guests.ts";
import { getOrganization, guestCounters, type Organization, seatCounters } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";

/** Whether one more of a kind finds room. */
const HAS_ROOM: Record<AddressKind, (organization: Organization) => boolean> = {
  member: (organization) => mayReserveSeat(seatCounters(organization)).allowed,
  guest: (organization) => mayTakeGuestPlace(guestCounters(organization)).allowed,
  // Shares are not counted (SHR-1).
  share: () => true,
};

/**
 * What whoever met the limit of seats, or of guests, does before they are refused: closes the invitations that are past
 * their date and removes the guests past their end, who are only still counted (SEAT-4, GINV-10). True if it is worth
 * deciding anew: room was made, or there is some by now, since of several who meet the limit at the same time one makes
 * room for all.
 */
export async function madeRoom(
  table: Table,
  org: string,
  now: number,
  kind: AddressKind = "member",
): Promise<boolean> {
  if ((await closeExpired(table, org, now, [kind])) > 0) return true;
  if (kind === "guest" && (await endGuests(table, org, now)) > 0) return true;
  const organization = await getOrganization(table, org);
  return organization !== undefined && HAS_ROOM[kind](organization);
}

/**
 * Removes an organization's guests who are past their end, and their lines in channels (GINV-10). Called before figures
 * of guests are shown or met.
 * @returns how many it removed
 */
export async function endGuests(table: Table, org: string, now: number): Promise<number> {
  const intents = await endGuestsOf(table, org, now);
  await carryOutSoon(table, intents);
  return intents.length;
}
