import { getAddress, joinAddressWrite, ownAddressWrite } from "./addresses.ts";
import { auditWrite, type Origin } from "./audit.ts";
import { endInvitationWrite, getInvitation, type Invitation } from "./invitations.ts";
import { type Member, type NewMember, newMemberWrites, unchangedCheck } from "./members.ts";
import { countersWrite } from "./organizations.ts";
import { type Profile, profileWrite } from "./profiles.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/**
 * What the address somebody signed in with is, when they were invited under another one: free, another invitation of
 * theirs, which their acceptance closes (INV-19), or taken by somebody else.
 */
export type OwnAddress =
  | { readonly kind: "same" | "taken" }
  | { readonly kind: "free"; readonly addressKey: string }
  | { readonly kind: "invited"; readonly addressKey: string; readonly sibling: Invitation };

/** Looks up the address somebody signed in with, beside the invited one. */
export async function readOwnAddress(
  table: Table,
  org: string,
  invitedKey: string,
  ownKey: string,
): Promise<OwnAddress> {
  if (ownKey === "" || ownKey === invitedKey) return { kind: "same" };
  const address = await getAddress(table, { org, kind: "member", addressKey: ownKey });
  if (address === undefined) return { kind: "free", addressKey: ownKey };
  if (address.invitationId === undefined) return { kind: "taken" };
  const sibling = await getInvitation(table, org, address.invitationId);
  return sibling === undefined ? { kind: "taken" } : { kind: "invited", addressKey: ownKey, sibling };
}

function ownAddressWrites(own: OwnAddress, org: string, userId: string, origin: Origin): Write[] {
  switch (own.kind) {
    case "same":
    case "taken":
      return [];
    case "free":
      return [ownAddressWrite({ org, kind: "member", addressKey: own.addressKey }, userId)];
    case "invited": {
      const { sibling, addressKey } = own;
      return [
        endInvitationWrite(sibling, { state: "revoked" }, origin.now),
        joinAddressWrite({ org, kind: "member", addressKey }, sibling.invitationId, userId),
        auditWrite(org, origin, {
          action: "invitation.revoked",
          subjectId: sibling.invitationId,
          details: { reason: "another invitation was accepted" },
        }),
      ];
    }
  }
}

export type Acceptance = {
  readonly invitation: Invitation;
  readonly sender: Member;
  readonly own: OwnAddress;
  readonly member: Omit<NewMember, "addressKeys">;
  /** What the person registered, if it is new (INV-7). */
  readonly profile: Omit<Profile, "updatedAt"> | undefined;
  readonly origin: Origin;
};

/**
 * Accepts an invitation in one transaction: the invitation ends as accepted, once (INV-5); its reserved seat becomes a
 * held one within the limit (SEAT-3, SEAT-5); its address and the login's become the member's; the member's record
 * begins; a sibling invitation is closed with what it reserved (INV-19); the sender is still who they were (INV-14).
 */
export function acceptWrites(acceptance: Acceptance): Write[] {
  const { invitation, sender, own, member, profile, origin } = acceptance;
  const { organizationId: org, invitationId: id } = invitation;
  const { userId } = member;
  const ownKeys = own.kind === "free" || own.kind === "invited" ? [own.addressKey] : [];
  return [
    endInvitationWrite(invitation, { state: "accepted", acceptedBy: userId }, origin.now),
    joinAddressWrite({ org, kind: "member", addressKey: invitation.addressKey }, id, userId),
    ...ownAddressWrites(own, org, userId, origin),
    countersWrite(org, {
      held: 1,
      reserved: own.kind === "invited" ? -2 : -1,
      needs: ["holdable-seat"],
      ...representative(member),
    }),
    ...newMemberWrites({ ...member, addressKeys: [invitation.addressKey, ...ownKeys] }, origin.now),
    ...(profile === undefined ? [] : [profileWrite(profile, origin.now)]),
    unchangedCheck("sender", sender),
    auditWrite(org, origin, { action: "invitation.accepted", subjectId: id, details: { userId } }),
  ];
}

function representative({ orgRole }: Pick<Member, "orgRole">): { legalRepresentatives?: number } {
  return orgRole === "legal_representative" ? { legalRepresentatives: 1 } : {};
}
