import type { Identity } from "../identity.ts";
import { button, element, paragraph } from "../render.ts";
import { channelNames, dateOf, type Invitation, rightsOf, roleOf } from "./invitation.ts";
import { say } from "./language.ts";

type Row = readonly [term: string, value: string];

function listOf(rows: readonly Row[]): HTMLElement | undefined {
  const filled = rows.filter(([, value]) => value !== "");
  if (filled.length === 0) return undefined;
  return element(
    "dl",
    {},
    ...filled.flatMap(([term, value]) => [element("dt", {}, term), element("dd", {}, value)]),
  );
}

type Granted = Omit<Invitation, "door">;

function grantOf(invitation: Granted): Row[] {
  return [
    [say().sharedAddress, invitation.address],
    [say().rights, invitation.kind === "share" ? rightsOf(invitation) : ""],
    [say().role, invitation.kind === "share" ? "" : roleOf(invitation)],
    [say().channels, channelNames(invitation)],
    [say().accessUntil, dateOf(invitation.guestEndsAt)],
  ];
}

/** Who invites whom, to what, and until when. */
export function summaryOf(invitation: Invitation): HTMLElement | undefined {
  return listOf([
    [say().sender, invitation.sender],
    [say().forAddress, invitation.email],
    ...grantOf(invitation),
    [say().validUntil, dateOf(invitation.expiresAt)],
  ]);
}

/** What somebody has now who accepted. */
export function grantSummaryOf(invitation: Granted): HTMLElement | undefined {
  return listOf(grantOf(invitation));
}

/** The sender's own words, if there are any. */
export function messageOf({ message }: Invitation): HTMLElement | undefined {
  return message === "" ? undefined : element("blockquote", {}, message);
}

function signInLine({ isStrict, email }: Invitation): string {
  return isStrict && email !== "" ? say().signInAs(email) : say().signInAny;
}

/** With whom one may sign in, or who is signed in, with the way to another account. */
export function accountLine(
  invitation: Invitation,
  identity: Identity | undefined,
  onSwitch: () => unknown,
): HTMLElement {
  if (identity === undefined) {
    const ahead = invitation.needsSecondFactor ? ` ${say().secondFactorAhead}` : "";
    return paragraph(signInLine(invitation) + ahead, "soft");
  }
  const line = paragraph(`${say().signedInAs(identity.email)} `, "soft");
  line.append(button(say().anotherAccount, "plain", onSwitch));
  return line;
}
