/** The sections of `product.md`; a denial cites one rule of one of them. */
export const RULE_SECTIONS = [
  "ORG",
  "RGT",
  "SEAT",
  "MINV",
  "GINV",
  "INV",
  "SHR",
  "GST",
  "CH",
  "MSG",
  "PRS",
  "CALL",
  "BOT",
  "DIR",
  "BRD",
] as const;

/** A product rule's id, such as `SEAT-4`. */
export type RuleId = `${(typeof RULE_SECTIONS)[number]}-${number}`;

/** What an API answers for a denial: its HTTP status, a short title, and why, in a sentence for the person refused. */
export type Denial = {
  readonly status: 400 | 403 | 404 | 409 | 410;
  readonly title: string;
  readonly why: string;
};

/** Every code the domain denies with. Codes are stable: clients branch on them. */
export const DENIALS = {
  "not-found": {
    status: 404,
    title: "Not found",
    why: "There is nothing here that you may know of.",
  },
  "member-deactivated": {
    status: 403,
    title: "Deactivated",
    why: "Your access to this organization is deactivated; a manager of the organization can reactivate it.",
  },
  "guest-restricted": {
    status: 403,
    title: "Not for guests",
    why: "Guests are limited to the channels they were given.",
  },
  "not-org-manager": {
    status: 403,
    title: "Managers only",
    why: "Only a legal representative or an administrator of the organization may do this.",
  },
  "not-chat-admin": {
    status: 403,
    title: "Chat admins only",
    why: "Only a chat admin may do this; the org role does not matter.",
  },
  "not-manager": {
    status: 403,
    title: "Managers and chat admins only",
    why: "Only a legal representative, an administrator or a chat admin may see this.",
  },
  "not-channel-member": {
    status: 403,
    title: "Not in this channel",
    why: "Only those who are in the channel may do this.",
  },
  "legal-representative-only": {
    status: 403,
    title: "Legal representatives only",
    why: "Only a legal representative grants, takes or touches the role of legal representative.",
  },
  "role-above-own": {
    status: 403,
    title: "Role above your own",
    why: "Nobody grants a higher role than their own.",
  },
  "rights-above-own": {
    status: 403,
    title: "Rights above your own",
    why: "Nobody grants a right that they do not hold.",
  },
  "last-legal-representative": {
    status: 409,
    title: "Last legal representative",
    why: "The organization always keeps one active legal representative; name another one first.",
  },
  "rights-by-role": {
    status: 409,
    title: "Rights held by role",
    why: "Legal representatives and administrators hold every right by role; rights are set for users only.",
  },
  "already-deactivated": {
    status: 409,
    title: "Already deactivated",
    why: "This person is already deactivated.",
  },
  "already-active": {
    status: 409,
    title: "Already active",
    why: "This person is already active.",
  },
  "quota-exceeded": {
    status: 409,
    title: "Quota exceeded",
    why: "The organization's limit leaves no room for this.",
  },
  "already-member": {
    status: 409,
    title: "Already a member",
    why: "This person is already a member of the organization.",
  },
  "already-invited": {
    status: 409,
    title: "Already invited",
    why: "An invitation to this address is pending; resend it instead.",
  },
  "invitation-not-pending": {
    status: 409,
    title: "No longer pending",
    why: "Only a pending invitation can be changed or revoked.",
  },
  "invitation-used": {
    status: 410,
    title: "Invitation already used",
    why: "This invitation was accepted before; ask the person who invited you for a new one.",
  },
  "invitation-declined": {
    status: 410,
    title: "Invitation declined",
    why: "This invitation was declined; ask the person who invited you for a new one.",
  },
  "invitation-revoked": {
    status: 410,
    title: "Invitation revoked",
    why: "This invitation was withdrawn; ask the person who invited you for a new one.",
  },
  "invitation-expired": {
    status: 410,
    title: "Invitation expired",
    why: "This invitation is past its date; ask the person who invited you for a new one.",
  },
  "email-not-verified": {
    status: 403,
    title: "Address not verified",
    why: "Verify your email address with your sign-in provider first.",
  },
  "recipient-mismatch": {
    status: 403,
    title: "Meant for another address",
    why: "This invitation is for another address; sign in with the address it was sent to.",
  },
  "registration-required": {
    status: 409,
    title: "Registration required",
    why: "Some details are needed before you can come in.",
  },
  "channel-archived": {
    status: 409,
    title: "Channel archived",
    why: "An archived channel can be read only.",
  },
  "message-empty": {
    status: 400,
    title: "Empty message",
    why: "A message needs some text.",
  },
  "message-too-long": {
    status: 400,
    title: "Message too long",
    why: "A message has at most 16 000 characters.",
  },
  "message-not-text": {
    status: 400,
    title: "Not text",
    why: "The message holds half a character (a lone surrogate), which cannot be stored as given.",
  },
} as const satisfies Record<string, Denial>;

export type DenialCode = keyof typeof DENIALS;
