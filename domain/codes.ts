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
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 429;
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
    why: "Only a legal representative, an administrator or a chat admin may see or do this.",
  },
  "not-mail-manager": {
    status: 403,
    title: "Mail managers only",
    why: "Only those who manage the organization's mail may do this.",
  },
  "not-channel-member": {
    status: 403,
    title: "Not in this channel",
    why: "Only those who are in the channel may do this.",
  },
  "not-channel-admin": {
    status: 403,
    title: "Channel admins only",
    why: "Only an admin of this channel may do this, or a chat admin who may see it.",
  },
  "not-in-conversations": {
    status: 409,
    title: "Not in conversations",
    why: "Direct and group conversations stay as they were opened; this exists in channels only.",
  },
  "members-leave-otherwise": {
    status: 409,
    title: "Not a guest",
    why: "Only guests leave this way; a member leaves the organization as a member.",
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
  "resent-too-soon": {
    status: 429,
    title: "Sent a moment ago",
    why: "An invitation is sent again once a minute at most.",
  },
  "mail-limit-exceeded": {
    status: 429,
    title: "Too many mails",
    why: "This would be more mails than may be sent for now; nothing was sent. Try again later.",
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
  "mfa-required": {
    status: 403,
    title: "Second factor required",
    why: "Access to a mail address asks for a sign-in with a second factor; sign in again with one.",
  },
  "reauthentication-required": {
    status: 401,
    title: "Recent sign-in required",
    why: "Sign in again: giving access to a mail address asks for a sign-in of the last 15 minutes.",
  },
  "address-is-login": {
    status: 409,
    title: "Somebody's login",
    why: "Somebody signs in with this address, so that it cannot be shared.",
  },
  "address-conflict": {
    status: 409,
    title: "The user's own address",
    why: "A mail address cannot be shared while one of its users has that same address.",
  },
  "already-has-access": {
    status: 409,
    title: "Has access already",
    why: "This person or group has access to the mail address already; change their rights instead.",
  },
  "mail-address-taken": {
    status: 409,
    title: "Address taken",
    why: "The organization has this mail address already.",
  },
  "registration-required": {
    status: 409,
    title: "Registration required",
    why: "Some details are needed before you can come in.",
  },
  "channel-required": {
    status: 400,
    title: "Channel required",
    why: "A guest is given at least one channel.",
  },
  "channel-not-shareable": {
    status: 409,
    title: "Not for guests",
    why: "A guest is given channels only, never a direct or group conversation.",
  },
  "channel-unavailable": {
    status: 409,
    title: "No channel left",
    why: "None of the channels of this invitation is available any more; ask the person who invited you.",
  },
  "already-guest": {
    status: 409,
    title: "Already a guest",
    why: "This person is already a guest of the organization.",
  },
  "end-in-past": {
    status: 400,
    title: "End in the past",
    why: "A guest's access ends in the future; remove the guest to end it now.",
  },
  "general-channel": {
    status: 409,
    title: "Not for General",
    why: "All members are in General for as long as they are members, and it stays as it is.",
  },
  "already-archived": {
    status: 409,
    title: "Already archived",
    why: "This channel is archived already.",
  },
  "not-archived": {
    status: 409,
    title: "Not archived",
    why: "Only an archived channel can be restored.",
  },
  "already-public": {
    status: 409,
    title: "Already public",
    why: "This channel is public already.",
  },
  "already-private": {
    status: 409,
    title: "Already private",
    why: "This channel is private already.",
  },
  "already-in-channel": {
    status: 409,
    title: "Already in the channel",
    why: "This person is in the channel already.",
  },
  "handle-taken": {
    status: 409,
    title: "Handle taken",
    why: "Another channel of the organization has this handle.",
  },
  "handle-invalid": {
    status: 400,
    title: "Invalid handle",
    why: "A handle has 1 to 64 characters: small letters, digits, dots, hyphens and underscores.",
  },
  "too-many-defaults": {
    status: 409,
    title: "Too many default channels",
    why: "The organization has as many default channels as there can be.",
  },
  "through-group": {
    status: 409,
    title: "There through a group",
    why: "This person is in the channel through a group; remove them from the group, or the group from the channel.",
  },
  "guest-not-channel-admin": {
    status: 409,
    title: "Guests hold no role",
    why: "A guest cannot be an admin of a channel.",
  },
  "guest-not-in-groups": {
    status: 409,
    title: "Not for guests",
    why: "Groups are sets of members; a guest is added to channels as a person.",
  },
  "group-name-taken": {
    status: 409,
    title: "Name taken",
    why: "Another group of the organization has this name.",
  },
  "group-not-open": {
    status: 403,
    title: "Not an open group",
    why: "Only a manager of the organization or a chat admin puts people into this group and takes them out.",
  },
  "too-few-people": {
    status: 400,
    title: "Too few people",
    why: "A conversation has at least two people.",
  },
  "too-many-people": {
    status: 400,
    title: "Too many people",
    why: "A group conversation has at most eight people; a channel takes more.",
  },
  "shares-no-channel": {
    status: 403,
    title: "No channel in common",
    why: "A guest is in conversations only with people they share a channel with.",
  },
  "channel-archived": {
    status: 409,
    title: "Channel archived",
    why: "An archived channel can be read only.",
  },
  "colors-too-close": {
    status: 400,
    title: "Colours too close",
    why: "The text on a button would be hard to read; choose colours with a contrast of 4.5 to 1 or more.",
  },
  "logo-too-large": {
    status: 400,
    title: "Logo too large",
    why: "A logo has at most 270 by 70 pixels and 32 KB.",
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

/** GST-17: what guests are told where the rule says more than the code does. */
export const GUEST_RULES: { readonly [rule in RuleId]?: string } = {
  "GST-2": "Guests use slash commands, except those that invite, remove, rename or change headers.",
  "GST-9": "Guests know only of the channels they were given.",
  "GST-10": "Guests join neither channels nor groups by themselves; a chat admin adds them.",
  "GST-11": "Guests open conversations only with people they share a channel with.",
  "GST-12": "Guests neither invite people nor add anybody to a channel.",
  "GST-13": "Guests hold no record, role or right of the organization and do not see its directory.",
  "GST-14": "Guests neither create, rename, describe, archive nor administer channels.",
  "GST-15": "Guests do not delete messages; they may edit their own.",
  "GST-16": "Guests see only the people they share a channel with.",
};
