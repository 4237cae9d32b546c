import type { Identity } from "./identity.ts";
import { channelNames, type Invitation } from "./invitation.ts";
import { button, element, paragraph } from "./render.ts";
import { sentences } from "./sentences.ts";

/** Who invites whom, as what, and until when. */
export function summaryOf(invitation: Invitation): HTMLElement {
  const rows = [
    [sentences.sender, invitation.sender],
    [sentences.address, invitation.email],
    [sentences.role, invitation.role],
    [sentences.channels, channelNames(invitation)],
    [sentences.until, invitation.until],
  ];
  const filled = rows.filter(([, value]) => value !== "");
  return element(
    "dl",
    {},
    ...filled.flatMap(([term = "", value = ""]) => [element("dt", {}, term), element("dd", {}, value)]),
  );
}

/** The sender's own words, if there are any. */
export function messageOf({ message }: Invitation): HTMLElement | undefined {
  return message === "" ? undefined : element("blockquote", {}, message);
}

/** With whom one may sign in, or who is signed in, with the way to another account. */
export function accountLine(
  invitation: Invitation,
  identity?: Identity,
  onSwitch?: () => unknown,
): HTMLElement {
  if (identity === undefined) {
    return paragraph(
      invitation.isStrict ? sentences.signInAs(invitation.email) : sentences.signInAny,
      "soft",
    );
  }
  const line = paragraph(`${sentences.signedInAs(identity.email)} `, "soft");
  if (onSwitch !== undefined) line.append(button(sentences.anotherAccount, "plain", onSwitch));
  return line;
}
