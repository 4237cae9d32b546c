import { addressKey } from "@vestibule/domain/invitations";
import { parseInvitee } from "@vestibule/domain/mail-address";
import { newId } from "../shell/ids.ts";
import type { Request } from "../shell/route.ts";
import type { inviteRoute } from "./contract.ts";
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

/** INV-10: `"Name" <a@b>` gives the names that are not given beside it; nothing else of it is kept. */
export function readAsked(invitees: Invitees, now: number): (AskedInvitee | NoAddress)[] {
  return invitees.map(({ email: written, firstName, lastName }, index) => {
    const parsed = parseInvitee(written);
    if (parsed === undefined) return { index, email: written, key: undefined };
    const { email, ...inMail } = parsed;
    const isNamed = firstName !== undefined || lastName !== undefined;
    const names = isNamed
      ? { ...(firstName === undefined ? {} : { firstName }), ...(lastName === undefined ? {} : { lastName }) }
      : inMail;
    const invitationId = newId("invitation", now);
    return { index, email, key: addressKey(email), invitee: { email, ...names }, invitationId };
  });
}
