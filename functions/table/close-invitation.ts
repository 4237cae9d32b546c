import { freeAddressWrite } from "./addresses.ts";
import { type AuditAction, auditWrite, type Origin } from "./audit.ts";
import { endInvitationWrite, type Invitation, invitationItem } from "./invitations.ts";
import { type Key, keys } from "./keys.ts";
import { countersWrite } from "./organizations.ts";
import { getItems, type Page, queryIndex } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import { ConditionsFailed, transact, type Write } from "./transaction.ts";

/** The ways a pending invitation ends without anybody coming in. */
export type Closing = "declined" | "revoked" | "expired";

const ACTIONS: Record<Closing, AuditAction> = {
  declined: "invitation.declined",
  revoked: "invitation.revoked",
  expired: "invitation.expired",
};

/** Ends an invitation and frees what it held, in one transaction: its seat (SEAT-4), its address, with its audit entry. */
export function closeInvitationWrites(invitation: Invitation, state: Closing, origin: Origin): Write[] {
  const { organizationId: org, invitationId: id, kind, addressKey } = invitation;
  return [
    endInvitationWrite(invitation, { state }, origin.now),
    freeAddressWrite({ org, kind, addressKey }, id),
    countersWrite(org, { reserved: -1 }),
    auditWrite(org, origin, { action: ACTIONS[state], subjectId: id }),
  ];
}

/** Closes an invitation; false if another ending was first. @throws TableBusy */
export async function closeInvitation(
  table: Table,
  invitation: Invitation,
  state: Closing,
  origin: Origin,
): Promise<boolean> {
  try {
    await transact(table, closeInvitationWrites(invitation, state, origin));
    return true;
  } catch (error) {
    if (error instanceof ConditionsFailed) return false;
    throw error;
  }
}

/** How many invitations one caller closes at most: enough for whoever met a limit to find room. */
const CLOSED_AT_ONCE = 50;

/**
 * Closes an organization's pending member invitations that are past their date (SEAT-4). Called by whoever meets the
 * seat limit, and before usage is shown, so that no sweep has to have run.
 * @returns how many it closed
 */
export async function closeExpired(table: Table, org: string, now: number): Promise<number> {
  const found = await queryIndex(table, {
    partition: keys.pending(org, "member"),
    upTo: `${isoTime(now)}~`,
    limit: CLOSED_AT_ONCE,
  });
  let closed = 0;
  for (const invitation of await readPending(table, found.keys)) {
    if (invitation.endsAt > now) continue;
    const isClosed = await closeInvitation(table, invitation, "expired", {
      actorId: "system",
      sourceIp: undefined,
      now,
    });
    if (isClosed) closed += 1;
  }
  return closed;
}

/** How many invitations are past their date and not closed yet: they hold a seat in the counters only (SEAT-4). */
export async function countExpired(table: Table, org: string, now: number): Promise<number> {
  const found = await queryIndex(table, { partition: keys.pending(org, "member"), upTo: `${isoTime(now)}~` });
  const pending = await readPending(table, found.keys);
  return pending.length;
}

/** Every pending member invitation of an organization, in the order of expiry; those past their date included. */
export async function pendingInvitations(table: Table, org: string): Promise<Invitation[]> {
  const found = await queryIndex(table, { partition: keys.pending(org, "member") });
  return await readPending(table, found.keys);
}

/** One page of the member invitations that are pending at `now`, in the order of expiry (MINV-4). */
export async function pendingPage(
  table: Table,
  org: string,
  { limit, after, now }: { limit: number; after: string | undefined; now: number },
): Promise<Page<Invitation>> {
  const found = await queryIndex(table, {
    partition: keys.pending(org, "member"),
    // Past every entry of this very millisecond: "~" sorts after the "#" that follows a date.
    after: after ?? `${isoTime(now)}~`,
    limit,
  });
  return { items: await readPending(table, found.keys), after: found.after };
}

async function readPending(table: Table, found: readonly Key[]): Promise<Invitation[]> {
  const items = await getItems(table, found, invitationItem);
  return items.filter((item) => item.state === "pending").sort((a, b) => a.endsAt - b.endsAt);
}
