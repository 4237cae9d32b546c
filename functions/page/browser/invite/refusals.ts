import type { Refusal } from "../api.ts";
import { objectIn, textIn } from "../json.ts";
import { say } from "./language.ts";
import type { About, Reason } from "./sentences.ts";

const REASON_OF_CODE: ReadonlyMap<string, Reason> = new Map<string, Reason>([
  ["invitation-expired", "expired"],
  ["invitation-revoked", "revoked"],
  ["invitation-used", "used"],
  ["invitation-declined", "declined"],
  ["already-member", "alreadyMember"],
  ["already-guest", "alreadyGuest"],
  ["already-has-access", "alreadyHasAccess"],
  ["recipient-mismatch", "wrongAccount"],
  ["email-not-verified", "notVerified"],
  ["channel-unavailable", "noChannel"],
  ["mfa-required", "secondFactor"],
  ["member-deactivated", "deactivated"],
  ["address-conflict", "addressConflict"],
  ["address-is-login", "addressIsLogin"],
  ["network", "offline"],
]);

const REASON_OF_STATUS: ReadonlyMap<number, Reason> = new Map<number, Reason>([
  [401, "signedOut"],
  [429, "tooMany"],
  [502, "busy"],
  [503, "busy"],
  [504, "busy"],
]);

/** Why the service refused; `isKnown`: the page has shown the invitation before, so a 404 is no mistyped link. */
export function reasonOf(refusal: Refusal, isKnown: boolean): Reason {
  const { code, status, data } = refusal;
  if (code === "quota-exceeded") return textIn(data, "quota") === "guests" ? "noGuestPlace" : "noSeat";
  if (status === 404) return isKnown ? "organizationGone" : "unknown";
  return REASON_OF_CODE.get(code) ?? REASON_OF_STATUS.get(status) ?? "failed";
}

/** What may help after a refusal; after the others there is nothing left to do here. */
export type Remedy = "switch" | "sign-in" | "second-factor" | "again";

const REMEDIES: Readonly<Record<Reason, Remedy | undefined>> = {
  expired: undefined,
  revoked: undefined,
  used: undefined,
  declined: undefined,
  unknown: undefined,
  organizationGone: undefined,
  alreadyMember: undefined,
  alreadyGuest: undefined,
  alreadyHasAccess: undefined,
  wrongAccount: "switch",
  notVerified: "sign-in",
  noSeat: "again",
  noGuestPlace: "again",
  noChannel: "again",
  secondFactor: "second-factor",
  deactivated: "again",
  addressConflict: "switch",
  addressIsLogin: undefined,
  tooMany: "again",
  busy: "again",
  offline: "again",
  signedOut: "sign-in",
  failed: "again",
};

export function remedyOf(reason: Reason): Remedy | undefined {
  return REMEDIES[reason];
}

/** The names that a refusal of a link's holder carries itself (INV-15). */
export function aboutIn({ data, requestId }: Refusal): Partial<About> {
  const organization = textIn(objectIn(data, "organization"), "name");
  const sender = textIn(objectIn(data, "invitedBy"), "name");
  return {
    ...(organization !== "" && { organization }),
    ...(sender !== "" && { sender }),
    reference: requestId,
  };
}

/** A refusal in words. */
export function wordsOf(reason: Reason, about: Partial<About>): { title: string; text: string } {
  const { title, text } = say().refusals[reason];
  const names = { organization: "", invited: "", signedIn: "", reference: "", ...about };
  return { title, text: text({ ...names, sender: about.sender || say().theSender }) };
}
