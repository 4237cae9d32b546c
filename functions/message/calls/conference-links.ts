import { randomBytes } from "node:crypto";
import { base32 } from "../../shell/ids.ts";

/** Where a call's media is: a conference service that needs nothing but a link (CALL-1). */
export type ConferenceLinks = {
  /** A link that nobody can guess, to a room that nobody is in yet. */
  newLink(): string;
};

/** Links of a Jitsi-compatible service: a room is there as soon as somebody opens it. 80 random bits name it. */
export function roomLinks(baseUrl: string): ConferenceLinks {
  const base = baseUrl.replace(/\/+$/u, "");
  return { newLink: () => `${base}/vestibule-${base32(randomBytes(10), 16)}` };
}
