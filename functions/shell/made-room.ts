import { mayReserveSeat } from "@vestibule/domain/seats";
import { closeExpired } from "../table/close-invitation.ts";
import { getOrganization, seatCounters } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";

/**
 * What whoever met the seat limit does before they are refused: closes the invitations that are past their date and only
 * still counted (SEAT-4). True if it is worth deciding anew: one was closed, or a seat is free by now, since of several
 * who meet the limit at the same time one closes them for all.
 */
export async function madeRoom(table: Table, org: string, now: number): Promise<boolean> {
  if ((await closeExpired(table, org, now)) > 0) return true;
  const organization = await getOrganization(table, org);
  return organization !== undefined && mayReserveSeat(seatCounters(organization)).allowed;
}
