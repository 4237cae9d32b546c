import { NO_RIGHTS } from "@vestibule/domain/people";
import { limitsFor } from "@vestibule/domain/plans";
import { idSuffix } from "../../../functions/shell/ids.ts";
import type { Guest } from "../../../functions/table/guests.ts";
import { mintSecret } from "../../../functions/table/invitation-secrets.ts";
import type { GuestInvitation, Invitation, MemberInvitation } from "../../../functions/table/invitations.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Member } from "../../../functions/table/members.ts";
import type { Organization } from "../../../functions/table/organizations.ts";

/** The time of every test of this kind. */
export const NOW = Date.parse("2026-03-01T10:00:00.000Z");
export const DAY_MS = 86_400_000;

export const ORG = `org_${"0".repeat(25)}1`;
export const INV = `inv_${"0".repeat(25)}2`;
export const GENERAL = `chn_${idSuffix(ORG)}`;

export function organizationOf(change: Partial<Organization> = {}): Organization {
  return {
    organizationId: ORG,
    name: "Acme",
    plan: "standard",
    limits: { ...limitsFor("standard"), seats: 3 },
    settings: {
      memberInvitationDays: 7,
      guestInvitationDays: 7,
      shareInvitationDays: 30,
      termsVersion: "1",
      mailsPerSenderHour: null,
      mailsPerDay: null,
      brand: null,
    },
    seatsHeld: 1,
    seatsReserved: 0,
    seatsUsed: 1,
    legalRepresentatives: 1,
    guests: 0,
    pendingGuests: 0,
    guestsUsed: 0,
    publicChannels: 1,
    privateChannels: 0,
    defaultChannelIds: [],
    version: 4,
    createdAt: "2026-01-01T00:00:00.000Z",
    ...change,
  };
}

export function memberOf(userId: string, change: Partial<Member> = {}): Member {
  return {
    kind: "member",
    organizationId: ORG,
    userId,
    email: "ada@example.com",
    firstName: "Ada",
    lastName: "Byron",
    handle: "ada-0000",
    orgRole: "user",
    chatRole: "user",
    rights: NO_RIGHTS,
    state: "active",
    joinedAt: "2026-01-01T00:00:00.000Z",
    addressKeys: ["ada@example.com"],
    version: 2,
    ...change,
  };
}

export function guestOf(userId: string, change: Partial<Guest> = {}): Guest {
  return {
    kind: "guest",
    organizationId: ORG,
    userId,
    email: "gil@example.net",
    firstName: "Gil",
    lastName: "Blas",
    handle: "gil-0000",
    joinedAt: "2026-01-01T00:00:00.000Z",
    channelCount: 1,
    addressKeys: ["gil@example.net"],
    invitedBy: { userId: "usr_sender", name: "Ada Byron" },
    version: 3,
    ...change,
  };
}

const minted = mintSecret(ORG, INV);

/** The secret of the invitation below. */
export const SECRET = minted.secret;

export function invitationOf(change: Partial<MemberInvitation> = {}): MemberInvitation {
  return {
    organizationId: ORG,
    invitationId: INV,
    kind: "member",
    email: "Bob@example.com",
    addressKey: "bob@example.com",
    orgRole: "user",
    chatRole: "user",
    rights: NO_RIGHTS,
    channelIds: [],
    groupIds: [],
    strict: true,
    locale: "en",
    delivery: "email",
    mail: { state: "sent" },
    state: "pending",
    secretHashes: new Set([minted.hash]),
    invitedBy: { userId: "usr_sender", name: "Ada Byron" },
    createdAt: "2026-02-28T10:00:00.000Z",
    endsAt: NOW + 6 * DAY_MS,
    version: 1,
    ...change,
  };
}

export function guestInvitationOf(change: Partial<GuestInvitation> = {}): GuestInvitation {
  const { orgRole: _, chatRole: _chat, rights: _rights, groupIds: _groups, ...rest } = invitationOf();
  return { ...rest, kind: "guest", channelIds: [GENERAL], ...change };
}

/** Records as they lie in the table. */
export const stored = {
  organization: (organization: Organization) => ({
    ...keys.organization(organization.organizationId),
    ...organization,
  }),
  member: (member: Member) => ({
    ...keys.member(member.organizationId, member.userId),
    ...keys.memberIndex(member.organizationId, member.userId),
    ...member,
  }),
  /** A guest's record, and their rows: the list's and that of their end. */
  guest: (guest: Guest) => {
    const { organizationId: org, userId: user, endsAt } = guest;
    const row = { organizationId: org, userId: user };
    return [
      { ...keys.member(org, user), ...keys.memberIndex(org, user), ...guest },
      { ...keys.guest(org, user), ...row },
      ...(endsAt === undefined
        ? []
        : [{ ...keys.guestEnd(org, user, endsAt), ...keys.endIndex(org, user, endsAt), ...row, endsAt }]),
    ];
  },
  invitation: (invitation: Invitation) => {
    const { organizationId, invitationId, kind, endsAt, state } = invitation;
    return {
      ...keys.invitation(organizationId, invitationId),
      ...(state === "pending" ? keys.pendingIndex(organizationId, kind, invitationId, endsAt) : {}),
      ...invitation,
    };
  },
  address: (
    addressKey: string,
    of: { invitationId: string } | { userId: string },
    kind: "member" | "guest" = "member",
  ) => ({
    ...keys.address(ORG, kind, addressKey),
    organizationId: ORG,
    kind,
    addressKey,
    ...of,
  }),
};
