import { addressKey } from "@vestibule/domain/invitations";
import { parseInvitee } from "@vestibule/domain/mail-address";
import { base32, newId, sha256 } from "../shell/ids.ts";
import type { Request } from "../shell/route.ts";
import type { inviteRoute } from "./invite-contract.ts";
import type { Candidate } from "./outcome.ts";

type Invitees = Request<typeof inviteRoute>["body"]["invitees"];

/** One address of a request, in its place; `key` is what it is compared by. */
export type AskedInvitee = Candidate & {
  readonly index: number;
  readonly email: string;
  readonly key: string;
};

/** An entry of a request in which no address can be found. */
export type NoAddress = { readonly index: number; readonly email: string; readonly key: undefined };

/** The id of an invitation: under an `Idempotency-Key` the same whenever the request is repeated, otherwise a new one. */
function idFor(suffix: string | undefined, index: number, now: number): string {
  if (suffix === undefined) return newId("invitation", now);
  // The suffix begins with its time, so that ids stay time-ordered.
  const rest = base32(Buffer.from(sha256(`${suffix}\n${index}`), "base64url"), 16);
  return `inv_${suffix.slice(0, 10)}${rest}`;
}

/** INV-10: `"Name" <a@b>` gives the names that are not given beside it; nothing else of it is kept. */
export function readAsked(
  invitees: Invitees,
  { now, plannedSuffix }: Pick<Request<typeof inviteRoute>, "now" | "plannedSuffix">,
): (AskedInvitee | NoAddress)[] {
  return invitees.map(({ email: written, firstName, lastName }, index) => {
    const parsed = parseInvitee(written);
    if (parsed === undefined) return { index, email: written, key: undefined };
    const { email, ...inMail } = parsed;
    const isNamed = firstName !== undefined || lastName !== undefined;
    const names = isNamed
      ? { ...(firstName === undefined ? {} : { firstName }), ...(lastName === undefined ? {} : { lastName }) }
      : inMail;
    const invitationId = idFor(plannedSuffix, index, now);
    return { index, email, key: addressKey(email), invitee: { email, ...names }, invitationId };
  });
}
