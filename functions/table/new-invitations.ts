import { type AddressKind, addressItem, inviteAddressWrite } from "./addresses.ts";
import { type AuditEntry, auditWrite, type Origin } from "./audit.ts";
import type { GuestInvitation, MemberInvitation } from "./invitations.ts";
import { keys } from "./keys.ts";
import { countersWrite, type Organization } from "./organizations.ts";
import { getItems } from "./read.ts";
import { pendingLineWrite } from "./roster.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** An invitation into the organization: a share's goes its own way. */
export type NewInvitation = MemberInvitation | GuestInvitation;

/** What is known of several addresses in the slots of one kind, read strongly, by the address. */
export async function getAddresses(table: Table, org: string, kind: AddressKind, wanted: readonly string[]) {
  const found = await getItems(
    table,
    [...new Set(wanted)].map((key) => keys.address(org, kind, key)),
    addressItem,
  );
  return new Map(found.map((address) => [address.addressKey, address]));
}

/** MINV-7: the slot of an address that is invited. */
export function slotWrite({
  organizationId: org,
  kind,
  addressKey,
  invitationId,
  endsAt,
}: NewInvitation): Write {
  return inviteAddressWrite({ org, kind, addressKey }, invitationId, endsAt);
}

/** GINV-4: the lines of a pending guest on their channels. */
export function lineWrites(invitation: NewInvitation): Write[] {
  const { organizationId, kind, channelIds, invitationId, createdAt } = invitation;
  if (kind === "member") return [];
  const now = Date.parse(createdAt);
  return channelIds.map((channelId) => pendingLineWrite({ organizationId, channelId }, invitationId, now));
}

/** INV-18. */
export function createdEntry(invitation: NewInvitation, origin: Origin): Write {
  const details: AuditEntry["details"] =
    invitation.kind === "guest"
      ? { kind: "guest", channels: invitation.channelIds.length }
      : { kind: "member", orgRole: invitation.orgRole, chatRole: invitation.chatRole };
  const { organizationId, invitationId } = invitation;
  return auditWrite(organizationId, origin, {
    action: "invitation.created",
    subjectId: invitationId,
    details,
  });
}

/** Writes that an invitation of these terms takes beside its seat or place. */
export function writesOfEach(terms: {
  readonly kind: NewInvitation["kind"];
  readonly channelIds: readonly string[];
}): number {
  return 3 + (terms.kind === "guest" ? terms.channelIds.length : 0);
}

/**
 * SEAT-2, SEAT-6: takes seats, or guests' places, for several at once, under the limit. Conditions have no arithmetic, so
 * that what several leave free is compared with the limit that was read; another limit since fails the write.
 */
export function placesWrite(organization: Organization, kind: NewInvitation["kind"], count: number): Write {
  const { organizationId: org, limits } = organization;
  const change = kind === "member" ? { reserved: count } : { pendingGuests: count };
  if (count === 1)
    return countersWrite(org, { ...change, needs: [kind === "member" ? "free-seat" : "free-guest-place"] });
  const [name, used, limit] =
    kind === "member" ? ["seats", "seatsUsed", limits.seats] : ["guests", "guestsUsed", limits.guests];
  const write = countersWrite(org, change);
  if (limit === null)
    return {
      ...write,
      condition: `attribute_exists(pk) AND attribute_type(limits.${name}, :null)`,
      values: { ...write.values, ":null": "NULL" },
    };
  return {
    ...write,
    condition: `attribute_exists(pk) AND limits.${name} = :limit AND ${used} <= :most`,
    values: { ...write.values, ":limit": limit, ":most": limit - count },
  };
}
