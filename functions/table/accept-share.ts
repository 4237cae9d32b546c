import { addressKey } from "@vestibule/domain/invitations";
import { type Authority, authorityChecks } from "./accept-authority.ts";
import { acceptAsReadWrite } from "./accept-ending.ts";
import type { Registered } from "./accept-invitation.ts";
import { auditWrite, type Origin } from "./audit.ts";
import type { ShareInvitation } from "./invitations.ts";
import { loginCheckWrite, loginWrite } from "./logins.ts";
import { mailAddressCheck } from "./mail-addresses.ts";
import { type Member, unchangedCheck } from "./members.ts";
import { addressKeysOf, addressWrites, type OwnAddress } from "./own-address.ts";
import { type Holder, holderWrite, PERSONAL } from "./shares.ts";
import { isoTime } from "./table.ts";
import type { Write } from "./transaction.ts";

export type ShareAcceptance = {
  readonly invitation: ShareInvitation;
  /** Whose rights it rests on, as they were read. */
  readonly authority: Authority;
  readonly own: OwnAddress;
  /** Who accepts: what they registered, how it is kept, and the address they signed in with. */
  readonly registered: Registered;
  readonly profile: Write;
  readonly email: string;
  /** Their record in the organization that they attach it to; without one, it is their personal space's (SHR-7). */
  readonly attachment: Member | undefined;
  /** What an ended membership has left of an earlier access, which is not in force. */
  readonly leftBehind: Holder | undefined;
  readonly origin: Origin;
};

function holderOf({ invitation, own, registered, email, attachment, origin }: ShareAcceptance): Holder {
  const { organizationId, invitationId, addressId, shareRights, invitedBy, grantedBy } = invitation;
  const { userId, firstName, lastName } = registered;
  return {
    kind: "holder",
    organizationId,
    addressId,
    userId,
    email,
    firstName,
    lastName,
    rights: shareRights,
    via: "invitation",
    attachedTo: attachment?.organizationId ?? PERSONAL,
    invitationId,
    addressKeys: addressKeysOf(invitation, own),
    grantedBy: grantedBy ?? invitedBy.userId,
    createdAt: isoTime(origin.now),
    version: 1,
  };
}

/** SHR-7: they are still a member of the organization that they attach it to. A transaction looks at an item once. */
function attachmentChecks({ attachment, authority }: ShareAcceptance): Write[] {
  if (attachment === undefined) return [];
  const { organizationId, userId } = attachment;
  const isChecked = [authority.sender, authority.grantor].some(
    (member) => member.organizationId === organizationId && member.userId === userId,
  );
  return isChecked ? [] : [unchangedCheck("attachment", attachment)];
}

/**
 * Accepts the invitation to a mail address in one transaction: it ends as accepted, once (INV-5); its slot and the
 * login's become the holder's, and what else was pending for them on this mail address ends (INV-19); they have access,
 * which they had not (SHR-8); the mail address is still there, and nobody signs in with it (SHR-3); whoever shared it is
 * still who they were (INV-14).
 */
export function acceptShareWrites(acceptance: ShareAcceptance): Write[] {
  const { invitation, authority, own, registered, profile, email, leftBehind, origin } = acceptance;
  const { organizationId: org, invitationId: id, addressId } = invitation;
  const { userId } = registered;
  return [
    acceptAsReadWrite(invitation, { acceptedBy: userId, givenChannelIds: [] }, origin.now),
    ...addressWrites(invitation, own, { userId }, origin),
    holderWrite(holderOf(acceptance), leftBehind),
    mailAddressCheck(invitation),
    profile,
    loginWrite(addressKey(email), userId),
    loginCheckWrite(addressKey(invitation.address)),
    ...authorityChecks(authority),
    ...attachmentChecks(acceptance),
    auditWrite(org, origin, {
      action: "invitation.accepted",
      subjectId: id,
      // Not what they attach it to: another organization's id is no matter of this one's log (INV-15).
      details: { userId, addressId },
    }),
  ];
}
