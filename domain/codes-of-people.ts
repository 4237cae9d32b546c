import type { Denial } from "./denial.ts";

/** Who somebody is, and what they hold: roles, rights, places (ORG, RGT, SEAT, GST), and what a brand may look like (BRD). */
export const PEOPLE_CODES = {
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
} as const satisfies Record<string, Denial>;
