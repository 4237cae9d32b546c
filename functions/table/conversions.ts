import { type AddressKind, getAddress, joinAddressWrite, ownAddressWrite } from "./addresses.ts";
import { auditWrite, type Origin } from "./audit.ts";
import { endInvitationWrite, getInvitation, type Invitation, supersededAs } from "./invitations.ts";
import type { PersonRecord } from "./person-records.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** What an address of somebody who becomes another kind of person is as that kind: free, or invited. */
export type FreeSlot = { readonly addressKey: string; readonly invitation: Invitation | undefined };

/**
 * The addresses of a person that they can have as the other kind, too; one that is somebody else's there is left out.
 * An invitation that waits at one is superseded by the conversion (INV-19).
 */
export async function readFreeSlots(
  table: Table,
  { organizationId: org, addressKeys }: PersonRecord,
  kind: AddressKind,
): Promise<FreeSlot[]> {
  const found = await Promise.all(
    addressKeys.map(async (addressKey): Promise<FreeSlot[]> => {
      const address = await getAddress(table, { org, kind, addressKey });
      if (address === undefined) return [{ addressKey, invitation: undefined }];
      if (address.invitationId === undefined) return [];
      const invitation = await getInvitation(table, org, address.invitationId);
      return invitation === undefined ? [] : [{ addressKey, invitation }];
    }),
  );
  return found.flat();
}

/** How many of the slots an invitation holds: what it reserved is given up with it. */
export function countInvited(slots: readonly FreeSlot[]): number {
  return slots.filter(({ invitation }) => invitation !== undefined).length;
}

/** Makes the addresses a person's as the other kind; the counters are moved by the conversion itself. */
export function takeSlotsWrites(
  { organizationId: org, userId, handle }: PersonRecord,
  kind: AddressKind,
  slots: readonly FreeSlot[],
  origin: Origin,
): Write[] {
  return slots.flatMap(({ addressKey, invitation }, index): Write[] => {
    const slot = { org, kind, addressKey };
    const owner = { userId, ...(index === 0 ? { handle } : {}) };
    if (invitation === undefined)
      return [{ ...ownAddressWrite(slot, owner), label: `own address ${index + 1}` }];
    const { invitationId } = invitation;
    const state = supersededAs(invitation, origin.now);
    return [
      endInvitationWrite(invitation, { state }, origin.now),
      joinAddressWrite(slot, invitationId, owner),
      auditWrite(org, origin, {
        action: `invitation.${state}`,
        subjectId: invitationId,
        details: { reason: "the person was converted" },
      }),
    ];
  });
}
