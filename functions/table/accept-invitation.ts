import { addressKey } from "@vestibule/domain/invitations";
import type { Locale } from "@vestibule/domain/vocabulary";
import { type Authority, authorityChecks } from "./accept-authority.ts";
import { acceptAsReadWrite } from "./accept-ending.ts";
import { auditWrite, type Origin } from "./audit.ts";
import { outgrowGuestWrites } from "./guest-removal.ts";
import type { Guest } from "./guests.ts";
import { type Intent, intentWrite } from "./intents.ts";
import type { MemberInvitation } from "./invitations.ts";
import { loginWrite } from "./logins.ts";
import { type Member, type NewMember, newMemberWrites } from "./members.ts";
import { countersWrite } from "./organizations.ts";
import { addressKeysOf, addressWrites, type OwnAddress, placesOf } from "./own-address.ts";
import type { Profile } from "./profiles.ts";
import type { Write } from "./transaction.ts";

/** What somebody registers by accepting (INV-7). */
export type Registered = Pick<Profile, "userId" | "firstName" | "lastName" | "phone" | "termsVersion"> & {
  readonly locale: Locale;
};

export type Acceptance = {
  readonly invitation: MemberInvitation;
  /** The channels that it leads to (MINV-5). */
  readonly givenChannelIds: readonly string[];
  /** Whose rights it rests on, as they were read. */
  readonly authority: Authority;
  readonly own: OwnAddress;
  readonly member: Omit<NewMember, "addressKeys">;
  /** The guest that they were so far, who is promoted (MINV-6). */
  readonly guest: Guest | undefined;
  /** Keeps what the person registered or, if nothing of it is new, checks their names (INV-7, DIR-2). */
  readonly profile: Write;
  /** What is left to carry out: the channels and groups that they join. */
  readonly intent: Intent | undefined;
  readonly origin: Origin;
};

/**
 * Accepts a member's invitation in one transaction: it ends as accepted, once (INV-5); its reserved seat becomes a held
 * one within the limit (SEAT-3, SEAT-5); its address and the login's become the member's; the member's record begins, in
 * the place of the guest's if they were one (MINV-6); a sibling invitation is closed with what it reserved (INV-19); the
 * sender, and who answers for the grant, are still who they were (INV-14).
 */
export function acceptWrites(acceptance: Acceptance): Write[] {
  const { invitation, givenChannelIds, authority, own, member, guest, profile, intent, origin } = acceptance;
  const { organizationId: org, invitationId: id } = invitation;
  const { userId } = member;
  const addressKeys = addressKeysOf(invitation, own);
  return [
    acceptAsReadWrite(invitation, { acceptedBy: userId, givenChannelIds }, origin.now),
    ...addressWrites(invitation, own, member, origin),
    countersWrite(org, {
      held: 1,
      reserved: -placesOf(own),
      needs: ["holdable-seat"],
      ...representative(member),
      ...(guest === undefined ? {} : { guests: -1 }),
    }),
    ...newMemberWrites({ ...member, addressKeys, isNewcomer: true }, origin.now, guest),
    ...(guest === undefined ? [] : outgrowGuestWrites(guest)),
    profile,
    loginWrite(addressKey(member.email), userId),
    ...authorityChecks(authority),
    ...(intent === undefined ? [] : [intentWrite(intent)]),
    auditWrite(org, origin, {
      action: "invitation.accepted",
      subjectId: id,
      details: { userId, ...(guest === undefined ? {} : { wasGuest: true }) },
    }),
  ];
}

function representative({ orgRole }: Pick<Member, "orgRole">): { legalRepresentatives?: number } {
  return orgRole === "legal_representative" ? { legalRepresentatives: 1 } : {};
}
