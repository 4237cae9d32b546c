/**
 * The closed vocabularies of the product. Every list is `as const`, every type is derived from its list, and every
 * table over such a type is total: a new word does not compile until each table has its row.
 */

/** ORG-1…4, highest first. */
export const ORG_ROLES = ["legal_representative", "administrator", "user"] as const;
export type OrgRole = (typeof ORG_ROLES)[number];

/** RGT-1: a product right, independent of the org role. */
export const CHAT_ROLES = ["admin", "user"] as const;
export type ChatRole = (typeof CHAT_ROLES)[number];

/** CH-6, per channel. */
export const CHANNEL_ROLES = ["admin", "member"] as const;
export type ChannelRole = (typeof CHANNEL_ROLES)[number];

/** How a person stands to one channel: not in it, or in it with a channel role. */
export const CHANNEL_RELATIONS = ["none", "member", "admin"] as const;
export type ChannelRelation = (typeof CHANNEL_RELATIONS)[number];

/** CH-3. */
export const CHANNEL_TYPES = ["public", "private", "direct", "group"] as const;
export type ChannelType = (typeof CHANNEL_TYPES)[number];

/** CH-3, CH-5: what people name, join and administer; the other types are conversations. */
export const NAMED_CHANNEL_TYPES = ["public", "private"] as const satisfies readonly ChannelType[];
export type NamedChannelType = (typeof NAMED_CHANNEL_TYPES)[number];

/** MSG-12: what a message of the system records. */
export const SYSTEM_MESSAGES = [
  "joined",
  "left",
  "added",
  "removed",
  "renamed",
  "header-changed",
  "purpose-changed",
  "archived",
  "restored",
  "made-public",
  "made-private",
  "role-changed",
  "call-started",
  "call-ended",
] as const;
export type SystemMessageKind = (typeof SYSTEM_MESSAGES)[number];

/** MSG-13, PRS-4: what of a channel somebody is notified of. */
export const NOTIFICATION_LEVELS = ["all", "mentions", "none"] as const;
export type NotificationLevel = (typeof NOTIFICATION_LEVELS)[number];

/** Why somebody is notified of a message (MSG-10, MSG-8, CALL-2). */
export const NOTIFICATION_REASONS = ["direct", "mention", "thread", "message", "call"] as const;
export type NotificationReason = (typeof NOTIFICATION_REASONS)[number];

/** PRS-1. */
export const PRESENCES = ["online", "away", "dnd", "offline"] as const;
export type Presence = (typeof PRESENCES)[number];

/** CALL-1: a call goes from `ringing` (one that rings) or `running` to `ended`. */
export const CALL_STATES = ["ringing", "running", "ended"] as const;
export type CallState = (typeof CALL_STATES)[number];

/** CALL-3: how each person stands to a call. */
export const PARTICIPANT_STATES = ["ringing", "accepted", "declined", "missed", "left"] as const;
export type ParticipantState = (typeof PARTICIPANT_STATES)[number];

/** CH-8: what became of each person who was to be added to a channel. */
export const ADD_STATUSES = ["added", "already-member", "not-found", "not-allowed", "busy"] as const;
export type AddStatus = (typeof ADD_STATUSES)[number];

/** How a person stands to one organization. */
export const PERSON_KINDS = ["outsider", "guest", "member"] as const;
export type PersonKind = (typeof PERSON_KINDS)[number];

export const MEMBER_STATES = ["active", "deactivated"] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

export const INVITATION_KINDS = ["member", "guest", "share"] as const;
export type InvitationKind = (typeof INVITATION_KINDS)[number];

/** INV-1: all but `pending` are final. */
export const INVITATION_STATES = ["pending", "accepted", "declined", "revoked", "expired"] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

/** What can happen to an invitation (INV-1, INV-9). */
export const INVITATION_EVENTS = ["accept", "decline", "revoke", "expire", "resend"] as const;
export type InvitationEvent = (typeof INVITATION_EVENTS)[number];

/** INV-11: how the invitation reaches the invitee. */
export const DELIVERIES = ["email", "link", "both"] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** INV-11 as it is stored; `sending` is the mailer's claim (INV-12). */
export const MAIL_STATES = [
  "queued",
  "sending",
  "sent",
  "failed",
  "bounced",
  "complained",
  "suppressed",
] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** INV-11 as people see it: a mail that the mailer holds is still queued to them. */
export const SHOWN_MAIL_STATES = ["queued", "sent", "failed", "bounced", "complained", "suppressed"] as const;
export type ShownMailState = (typeof SHOWN_MAIL_STATES)[number];

export const MAIL_STATE_SHOWN: Record<MailState, ShownMailState> = {
  queued: "queued",
  sending: "queued",
  sent: "sent",
  failed: "failed",
  bounced: "bounced",
  complained: "complained",
  suppressed: "suppressed",
};

/** SEAT-7. */
export const PLANS = ["essential", "standard", "business", "enterprise"] as const;
export type Plan = (typeof PLANS)[number];

/** SEAT-7, SEAT-8: what is counted against a limit. */
export const QUOTAS = ["seats", "guests", "publicChannels", "privateChannels"] as const;
export type Quota = (typeof QUOTAS)[number];

/** RGT-5: the products that a `user` may be given to manage. */
export const PRODUCT_RIGHTS = ["suite", "chat", "mail"] as const;
export type ProductRight = (typeof PRODUCT_RIGHTS)[number];

/** RGT-5: the product rights and the accounting flag. */
export const RIGHTS = [...PRODUCT_RIGHTS, "accounting"] as const;
export type Right = (typeof RIGHTS)[number];
export type Rights = Record<Right, boolean>;

/** SHR-5: what somebody may do with a mail address that is shared with them. */
export const SHARE_RIGHTS = [
  "read",
  "send",
  "manageFilters",
  "manageAliases",
  "manageRedirections",
  "manageSignatures",
  "manageAutoReply",
  "manageFolders",
  "restoreMessages",
  "changePassword",
  "viewLogs",
] as const;
export type ShareRight = (typeof SHARE_RIGHTS)[number];

/** SHR-5: what a share gives unless it says otherwise. */
export const DEFAULT_SHARE_RIGHTS: readonly ShareRight[] = ["read", "send"];

/** INV-16. */
export const LOCALES = ["en", "fr", "de", "it", "es"] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = "en";
