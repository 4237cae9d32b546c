import type { Brand } from "./organization.ts";
import type { ChatRole, InvitationKind, InvitationState, Locale, OrgRole, ShareRight } from "./vocabulary.ts";

export type Preview = {
  state: InvitationState;
  kind: InvitationKind;
  /** Its brand where that is on (BRD-1). */
  organization: { name: string; brand?: Brand };
  invitedBy: { name: string };
  /** `null` for a share's link that is for whoever holds it (SHR-4). */
  email: string | null;
  firstName?: string;
  lastName?: string;
  message?: string;
  expiresAt: string;
  orgRole?: OrgRole;
  chatRole?: ChatRole;
  channels?: { id: string; name: string }[];
  guestEndsAt?: string;
  /** Of a share: the mail address, and what may be done with it. */
  address?: string;
  rights?: ShareRight[];
  requires: { profile: boolean; terms: string | null; phone: boolean; mfa: boolean; strict: boolean };
};

/** Somebody's own invitation, found by their verified address. */
export type MyInvitation = Preview & { id: string; organizationId: string };

/** What an invitee gives, of what the preview's `requires` asks for. */
export type Registration = {
  profile?: { firstName?: string; lastName?: string; phone?: string; locale?: Locale };
  termsVersion?: string;
  /** Of a share: the organization of one's own to attach it to, or `personal` (SHR-7). */
  attachTo?: string;
};

/** An acceptance with a link's secret. */
export type Acceptance = Registration & { token: string };

export type Accepted = {
  organizationId: string;
  userId: string;
  kind: InvitationKind;
  orgRole?: OrgRole;
  chatRole?: ChatRole;
  channelIds: string[];
  /** Of a share. */
  addressId?: string;
  rights?: ShareRight[];
  attachedTo?: string;
};
