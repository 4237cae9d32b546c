import type { Denial } from "./denial.ts";

/** Inviting, and taking an invitation up (MINV, GINV, INV). */
export const INVITATION_CODES = {
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
} as const satisfies Record<string, Denial>;
