import type { Denial } from "./denial.ts";

/** Mail addresses and who has access to them (SHR). */
export const SHARE_CODES = {
  "not-mail-manager": {
    status: 403,
    title: "Mail managers only",
    why: "Only those who manage the organization's mail may do this.",
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
} as const satisfies Record<string, Denial>;
