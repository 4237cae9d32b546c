import {
  type AddressKind,
  getAddress,
  joinAddressWrite,
  type Owner,
  ownAddressWrite,
  type Slot,
} from "./addresses.ts";
import { auditWrite, type Origin } from "./audit.ts";
import { endPendingLinesWrites } from "./close-invitation.ts";
import { endInvitationWrite, getInvitation, type Invitation, supersededAs } from "./invitations.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/**
 * What the address somebody signed in with is, when they were invited under another one: free, another invitation of
 * theirs of the same kind, which their acceptance closes (INV-19), or taken: by somebody else, or theirs already.
 */
export type OwnAddress =
  | { readonly kind: "same" | "taken" }
  | { readonly kind: "free"; readonly addressKey: string }
  | { readonly kind: "invited"; readonly addressKey: string; readonly sibling: Invitation };

/** Looks up the address somebody signed in with, beside the invited one. */
export async function readOwnAddress(table: Table, invited: Slot, ownKey: string): Promise<OwnAddress> {
  if (ownKey === "" || ownKey === invited.addressKey) return { kind: "same" };
  const { org, kind } = invited;
  const address = await getAddress(table, { org, kind, addressKey: ownKey });
  if (address === undefined) return { kind: "free", addressKey: ownKey };
  if (address.invitationId === undefined) return { kind: "taken" };
  const sibling = await getInvitation(table, org, address.invitationId);
  return sibling === undefined ? { kind: "taken" } : { kind: "invited", addressKey: ownKey, sibling };
}

/** The addresses that become somebody's by accepting: the invited one and, if it is free for them, their login's. */
export function addressKeysOf(invitation: Invitation, own: OwnAddress): string[] {
  const isTheirs = own.kind === "free" || own.kind === "invited";
  return isTheirs ? [invitation.addressKey, own.addressKey] : [invitation.addressKey];
}

/** How many of an organization's places the accepted invitation and its sibling held. */
export function placesOf(own: OwnAddress): number {
  return own.kind === "invited" ? 2 : 1;
}

/** Makes the invited address, which bears the handle, and the login's the newcomer's, and ends what else was pending for them (INV-19). */
export function addressWrites(
  invitation: Invitation,
  own: OwnAddress,
  owner: Owner,
  origin: Origin,
): Write[] {
  const { organizationId: org, kind, addressKey, invitationId } = invitation;
  const invited = joinAddressWrite({ org, kind, addressKey }, invitationId, owner);
  return [invited, ...ownAddressWrites({ org, kind }, own, owner.userId, origin)];
}

function ownAddressWrites(
  { org, kind }: { org: string; kind: AddressKind },
  own: OwnAddress,
  userId: string,
  origin: Origin,
): Write[] {
  switch (own.kind) {
    case "same":
    case "taken":
      return [];
    case "free":
      return [ownAddressWrite({ org, kind, addressKey: own.addressKey }, { userId })];
    case "invited": {
      const { sibling, addressKey } = own;
      const state = supersededAs(sibling, origin.now);
      return [
        endInvitationWrite(sibling, { state }, origin.now),
        joinAddressWrite({ org, kind, addressKey }, sibling.invitationId, { userId }),
        ...endPendingLinesWrites(sibling),
        auditWrite(org, origin, {
          action: `invitation.${state}`,
          subjectId: sibling.invitationId,
          details: { reason: "another invitation was accepted" },
        }),
      ];
    }
  }
}
