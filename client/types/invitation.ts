import type { PageQuery } from "./page.ts";
import type { ProblemBody } from "./problem.ts";
import type {
  ChatRole,
  Delivery,
  InvitationKind,
  InvitationState,
  Locale,
  MailState,
  OrgRole,
  Rights,
  ShareRight,
} from "./vocabulary.ts";

export type Invitation = {
  id: string;
  kind: InvitationKind;
  /** `null` for a share's link that is for whoever holds it (SHR-4). */
  email: string | null;
  firstName?: string;
  lastName?: string;
  state: InvitationState;
  orgRole?: OrgRole;
  chatRole?: ChatRole;
  /** Of a member, the management rights; of a share, what may be done with the mail address. */
  rights?: Rights | ShareRight[];
  channelIds: string[];
  groupIds?: string[];
  guestEndsAt?: string;
  /** The mail address that a share is of, and how it is written. */
  addressId?: string;
  address?: string;
  strict: boolean;
  delivery: { by: Delivery; state: MailState };
  invitedBy: { userId: string; name: string };
  createdAt: string;
  /** When it was last sent anew (INV-9). */
  resentAt?: string;
  expiresAt: string;
};

/** `deliveryState`: whose mail is in this state; `undelivered` for all that did not arrive. */
export type InvitationQuery = PageQuery & {
  kind?: InvitationKind;
  state?: InvitationState;
  deliveryState?: MailState | "undelivered";
  email?: string;
  channelId?: string;
  invitedBy?: string;
};

/** `email` may be as mail clients write it: `"Ada Lovelace" <ada@example.com>`. */
export type Invitee = { email: string; firstName?: string; lastName?: string };

/** What a new member is given. */
export type MemberTerms = {
  kind: "member";
  orgRole?: OrgRole;
  chatRole?: ChatRole;
  rights?: Partial<Rights>;
  channelIds?: string[];
  groupIds?: string[];
};

/** What a new guest is given: channels, and nothing else (GST-13). */
type GuestTerms = { kind: "guest"; channelIds: string[]; guestEndsAt?: string };

export type NewInvitations = (MemberTerms | GuestTerms) & {
  invitees: Invitee[];
  strict?: boolean;
  delivery?: Delivery;
  message?: string;
  locale?: Locale;
  expiresInDays?: number;
  /** All or none: where an address cannot be invited, the others are `skipped` (INV-10). */
  atomic?: boolean;
  /** What would happen and what it would cost, without doing it (INV-10). */
  dryRun?: boolean;
};

/** What became of one address of a bulk invitation; more statuses may come. */
export type InvitationResult = {
  index: number;
  email: string;
  status:
    | "invited"
    | "added"
    | "already-member"
    | "already-invited"
    | "invalid-email"
    | "quota-exceeded"
    | "refused"
    | "rate-limited"
    | "skipped"
    | "busy"
    | (string & {});
  invitation?: Invitation;
  link?: string;
  /** The channels that a guest was added to. */
  channelIds?: string[];
  problem?: ProblemBody;
};

export type InvitationResults = {
  results: InvitationResult[];
  summary: Record<string, number>;
  /** Of a dry run: the seats or guests' places it would take, and the mails it would send. */
  cost?: { seats: number; guestPlaces: number; mails: number };
};

/** What an edit may change, as the kind has it; `null` takes a name, a message or an end away (MINV-8). */
export type InvitationChange = {
  orgRole?: OrgRole;
  chatRole?: ChatRole;
  rights?: Partial<Rights>;
  channelIds?: string[];
  groupIds?: string[];
  firstName?: string | null;
  lastName?: string | null;
  message?: string | null;
  locale?: Locale;
  guestEndsAt?: string | null;
};

/** INV-9: what is left out stays as it was, but for a new link and a new end. */
export type Resending = {
  delivery?: Delivery;
  expiresInDays?: number;
  message?: string;
  locale?: Locale;
};

/** An invitation, with its link where it was asked for. */
export type WithLink = { invitation: Invitation; link?: string };

/** The answer to a refusal of one's own invitation (INV-8). */
export type Declined = { state: "declined" };
