/** The shapes of the public contract that a client relies on; an answer may carry more fields. */

export type OrgRole = "legal_representative" | "administrator" | "user";
export type ChatRole = "admin" | "user";
export type Plan = "essential" | "standard" | "business" | "enterprise";
export type InvitationState = "pending" | "accepted" | "declined" | "revoked" | "expired";
export type InvitationKind = "member" | "guest" | "share";
export type Delivery = "email" | "link" | "both";
/** `none`: delivered by link only. */
export type MailState = "queued" | "sent" | "failed" | "bounced" | "complained" | "suppressed" | "none";

/** A limit is a number, or `null` for none: 0 means 0. */
export type Limits = {
  seats: number | null;
  guests: number | null;
  publicChannels: number | null;
  privateChannels: number | null;
  historyDays: number | null;
};

export type Organization = {
  id: string;
  name: string;
  plan: Plan;
  limits: Limits;
  settings: Settings;
  createdAt: string;
};

export type Settings = { memberInvitationDays: number; guestInvitationDays: number; termsVersion: string };

/** An organization I belong to, with my roles there. */
export type MyOrganization = Organization & { me: { orgRole: OrgRole; chatRole: ChatRole } };

export type NewOrganization = { name: string; plan?: Plan; limits?: Partial<Limits> };
export type OrganizationChange = {
  name?: string;
  plan?: Plan;
  limits?: Partial<Limits>;
  settings?: Partial<Settings>;
};

export type Usage = {
  members: number;
  seats: {
    limit: number | null;
    held: number;
    reserved: number;
    available: number | null;
    overLimit: number;
  };
  guests: number;
  pendingGuests: number;
  pendingMembers: number;
  guestLimit: number | null;
  publicChannels: number;
  privateChannels: number;
};

/** Management rights on the record of a `user`; the other org roles hold them all (RGT-5). */
export type Rights = { suite: boolean; chat: boolean; mail: boolean; accounting: boolean };

export type Member = {
  userId: string;
  email: string;
  firstName: string;
  lastName: string;
  handle: string;
  orgRole: OrgRole;
  chatRole: ChatRole;
  rights: Rights;
  state: "active" | "deactivated";
  joinedAt: string;
};

/** Somebody from outside, in the channels they were given and nowhere else. */
export type Guest = {
  userId: string;
  email: string;
  firstName: string;
  lastName: string;
  handle: string;
  channelIds: string[];
  /** Past it they are no longer here (GINV-10). */
  endsAt: string | null;
  joinedAt: string;
  invitedBy: { userId: string; name: string };
};

export type Me = {
  userId: string;
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  organizations: { id: string; name: string; kind: "member" | "guest"; endsAt?: string }[];
};

export type MeChange = { firstName?: string; lastName?: string; phone?: string | null };

export type DirectoryEntry =
  | {
      kind: "person";
      userId: string;
      name: string;
      firstName: string;
      lastName: string;
      handle: string;
      email: string;
      phone?: string;
    }
  | { kind: "group"; id: string; name: string; memberCount: number };

/** The answer to a question about a permission: which rule decides, and why, in a sentence. */
export type Verdict = { allowed: boolean; code: string; rule: string; reason: string };
export type Permission = Verdict & { action: string };
export type PermissionQuestion = { action: string; channelId?: string; userId?: string };

export type Invitation = {
  id: string;
  kind: InvitationKind;
  email: string;
  state: InvitationState;
  orgRole?: OrgRole;
  chatRole?: ChatRole;
  rights?: Rights;
  channelIds?: string[];
  groupIds?: string[];
  guestEndsAt?: string;
  addressId?: string;
  strict: boolean;
  delivery: { by: Delivery; state: MailState };
  invitedBy: { userId: string; name: string };
  createdAt: string;
  expiresAt: string;
};

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
  locale?: string;
  expiresInDays?: number;
  atomic?: boolean;
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
    | (string & {});
  invitation?: Invitation;
  link?: string;
  problem?: ProblemBody;
};

export type InvitationResults = { results: InvitationResult[]; summary: Record<string, number> };

export type Preview = {
  state: InvitationState;
  kind: InvitationKind;
  organization: { name: string };
  invitedBy: { name: string };
  email: string;
  expiresAt: string;
  orgRole?: OrgRole;
  chatRole?: ChatRole;
  channels?: { id: string; name: string }[];
  requires: { profile: boolean; terms: string | null; phone: boolean; mfa: boolean; strict: boolean };
};

export type Acceptance = {
  token: string;
  profile?: { firstName: string; lastName: string };
  termsVersion?: string;
};

export type Accepted = {
  organizationId: string;
  userId: string;
  kind: InvitationKind;
  orgRole?: OrgRole;
  chatRole?: ChatRole;
  channelIds: string[];
};

export type Channel = {
  id: string;
  name: string;
  handle: string;
  type: "public" | "private" | "direct" | "group";
  purpose: string;
  header: string;
  archived: boolean;
  general: boolean;
  default: boolean;
  memberCount: number;
  guestCount: number;
  lastSeq: number;
  /** The people of a direct or group conversation, which has no name. */
  userIds?: string[];
  me: {
    member: boolean;
    role: "admin" | "member" | null;
    favourite: boolean;
    muted: boolean;
    lastReadSeq: number;
  };
};

export type ChannelQuery = PageQuery & {
  mine?: "true";
  type?: Channel["type"];
  archived?: "true" | "false";
  search?: string;
};

export type NewChannel = {
  name: string;
  type: "public" | "private";
  handle?: string;
  purpose?: string;
  header?: string;
};

export type ChannelChange = Partial<NewChannel> & { default?: boolean };

export type Unread = {
  channelId: string;
  lastSeq: number;
  lastReadSeq: number;
  unread: number;
  muted: boolean;
  favourite: boolean;
};

/** Somebody in a channel; guests are not told addresses. */
export type ChannelMember = {
  userId: string;
  firstName: string;
  lastName: string;
  handle: string;
  email?: string;
  kind: "member" | "guest";
  role: "admin" | "member";
  state: "active";
  joinedAt: string;
  groupIds: string[];
};

/** Somebody who was invited to a channel and has not come yet (GINV-4). */
export type PendingGuest = {
  invitationId: string;
  email: string;
  kind: "guest";
  state: "pending";
  invitedAt: string;
};

/** CH-10: a page of a channel's people, with the figures of the whole. */
export type ChannelPeople = Page<ChannelMember | PendingGuest> & { memberCount: number; guestCount: number };

/** What became of one person of an addition; more statuses may come. */
export type AdditionResult = {
  userId: string;
  status: "added" | "already-member" | "not-found" | "not-allowed" | "busy" | (string & {});
  groupId?: string;
};

export type AdditionResults = { results: AdditionResult[]; summary: Record<string, number> };

export type Group = {
  id: string;
  name: string;
  open: boolean;
  memberCount: number;
  channelIds: string[];
  createdAt: string;
  me: { member: boolean };
};

export type GroupMember = {
  userId: string;
  firstName: string;
  lastName: string;
  handle: string;
  email: string;
  joinedAt: string;
};

export type MyChannelChange = { favourite?: boolean; muted?: boolean; lastReadSeq?: number };

export type Message = {
  id: string;
  channelId: string;
  seq: number;
  author: { userId: string; name: string; kind: string };
  text: string;
  nonce?: string;
  createdAt: string;
  editedAt?: string;
  deleted?: boolean;
  pinned: boolean;
  reactions: { emoji: string; userIds: string[] }[];
  /** Of a message that records what happened in the channel (MSG-12). */
  system?: { kind: string; actorId: string; userIds?: string[]; text?: string };
};

export type NewMessage = { text: string; nonce?: string };

export type AuditEntry = {
  id: string;
  action: string;
  actorId: string;
  subjectId: string;
  at: string;
  sourceIp?: string;
  details?: Record<string, unknown>;
};

export type SocketTicket = { ticket: string; url: string; expiresAt: string };

export type Page<Item> = { items: Item[]; nextCursor: string | null };

export type PageQuery = { limit?: number; cursor?: string };

/** RFC 9457 problem+json with Vestibule's `code`, `rule` and data of the case. */
export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  rule?: string;
  [extension: string]: unknown;
};

/** A live event; `message.posted` and its like carry `channelId` and `seq`. */
export type VestibuleEvent = { type: string; [field: string]: unknown };
