export type OrgRole = "legal_representative" | "administrator" | "user";

export type ChatRole = "admin" | "user";

export type Plan = "essential" | "standard" | "business" | "enterprise";

export type InvitationState = "pending" | "accepted" | "declined" | "revoked" | "expired";

export type InvitationKind = "member" | "guest" | "share";

export type Delivery = "email" | "link" | "both";

/** `none`: delivered by link only. */
export type MailState = "queued" | "sent" | "failed" | "bounced" | "complained" | "suppressed" | "none";

/** Management rights on the record of a `user`; the other org roles hold them all (RGT-5). */
export type Rights = { suite: boolean; chat: boolean; mail: boolean; accounting: boolean };

/** What may be done with a shared mail address (SHR-5). */
export type ShareRight =
  | "read"
  | "send"
  | "manageFilters"
  | "manageAliases"
  | "manageRedirections"
  | "manageSignatures"
  | "manageAutoReply"
  | "manageFolders"
  | "restoreMessages"
  | "changePassword"
  | "viewLogs";

/** The languages of mails and pages. */
export type Locale = "en" | "fr" | "de" | "it" | "es";
