import { ADDRESS_KINDS, type AddressKind, freeAddressWrite } from "./addresses.ts";
import { type AuditAction, auditWrite, type Origin } from "./audit.ts";
import { endInvitationWrite, type Invitation, invitationItem } from "./invitations.ts";
import { type Key, keys } from "./keys.ts";
import { type CounterChange, countersWrite } from "./organizations.ts";
import { getItems, type Page, queryIndex } from "./read.ts";
import { endPendingLineWrite } from "./roster.ts";
import { isoTime, type Table } from "./table.ts";
import { ConditionsFailed, transact, type Write } from "./transaction.ts";

/** The ways a pending invitation ends without anybody coming in. */
export type Closing = "declined" | "revoked" | "expired";

const ACTIONS: Record<Closing, AuditAction> = {
  declined: "invitation.declined",
  revoked: "invitation.revoked",
  expired: "invitation.expired",
};

/** What a pending invitation of each kind holds in the organization's counters (SEAT-2, SEAT-6); a share holds nothing. */
const RESERVED: Record<AddressKind, CounterChange | undefined> = {
  member: { reserved: -1 },
  guest: { pendingGuests: -1 },
  share: undefined,
};

/** The lines that list a pending guest on their channels (GINV-4); a member's invitation has none. */
export function endPendingLinesWrites(invitation: Invitation): Write[] {
  const { organizationId, invitationId, kind, channelIds } = invitation;
  if (kind !== "guest") return [];
  return channelIds.map((channelId) => endPendingLineWrite({ organizationId, channelId }, invitationId));
}

/**
 * Ends an invitation and frees what it held, in one transaction with its audit entry: its seat (SEAT-4) or its place
 * among the guests, its address, and a guest's lines on all their channels (GINV-8).
 */
export function closeInvitationWrites(invitation: Invitation, state: Closing, origin: Origin): Write[] {
  const { organizationId: org, invitationId: id, kind, addressKey } = invitation;
  const reserved = RESERVED[kind];
  return [
    endInvitationWrite(invitation, { state }, origin.now),
    freeAddressWrite({ org, kind, addressKey }, id),
    ...(reserved === undefined ? [] : [countersWrite(org, reserved)]),
    ...endPendingLinesWrites(invitation),
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

/**
 * Closes an organization's pending invitations that are past their date, of one kind or of all (SEAT-4, SEAT-6). Called
 * by whoever meets a limit, and before usage is shown, so that no sweep has to have run.
 * @returns how many it closed, at most 50 of each kind
 */
export async function closeExpired(
  table: Table,
  org: string,
  now: number,
  kinds: readonly AddressKind[] = ADDRESS_KINDS,
): Promise<number> {
  const origin = { actorId: "system", sourceIp: undefined, now };
  let closed = 0;
  for (const kind of kinds) {
    for (const invitation of await expiredInvitations(table, org, now, kind)) {
      if (await closeInvitation(table, invitation, "expired", origin)) closed += 1;
    }
  }
  return closed;
}

/** How many invitations one caller closes at most: enough for whoever met a limit to find room. */
const CLOSED_AT_ONCE = 50;

/** Past every entry of this very millisecond: "~" sorts after the "#" that follows a date. */
const endOf = (now: number): string => `${isoTime(now)}~`;

async function readPending(table: Table, found: readonly Key[]): Promise<Invitation[]> {
  const items = await getItems(table, found, invitationItem);
  return items.filter((item) => item.state === "pending").sort((a, b) => a.endsAt - b.endsAt);
}

/** The first 50 invitations of a kind that are past their date and not closed yet, the longest over first. */
async function expiredInvitations(
  table: Table,
  org: string,
  now: number,
  kind: AddressKind,
): Promise<Invitation[]> {
  const partition = keys.pending(org, kind);
  const found = await queryIndex(table, { partition, upTo: endOf(now), limit: CLOSED_AT_ONCE });
  return (await readPending(table, found.keys)).filter(({ endsAt }) => endsAt <= now);
}

/** How many invitations of a kind are past their date and not closed yet: they hold a place in the counters only (SEAT-4). */
export async function countExpired(
  table: Table,
  org: string,
  now: number,
  kind: AddressKind = "member",
): Promise<number> {
  const found = await queryIndex(table, { partition: keys.pending(org, kind), upTo: endOf(now) });
  return (await readPending(table, found.keys)).length;
}

/** Every pending invitation of an organization, kind by kind in the order of expiry; those past their date included. */
export async function pendingInvitations(table: Table, org: string): Promise<Invitation[]> {
  const found: Invitation[] = [];
  for (const kind of ADDRESS_KINDS) {
    const { keys: entries } = await queryIndex(table, { partition: keys.pending(org, kind) });
    found.push(...(await readPending(table, entries)));
  }
  return found;
}

/**
 * One page of the invitations of a kind that are pending at `now`, in the order of expiry. Members' stand in for the
 * people to come (MINV-4); guests' never do (GINV-4).
 */
export async function pendingPage(
  table: Table,
  org: string,
  page: { limit: number; after: string | undefined; now: number; kind?: AddressKind },
): Promise<Page<Invitation>> {
  const { limit, after, now, kind = "member" } = page;
  const partition = keys.pending(org, kind);
  const found = await queryIndex(table, { partition, after: after ?? endOf(now), limit });
  return { items: await readPending(table, found.keys), after: found.after };
}
