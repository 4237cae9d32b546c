import { type Fields, fieldsIn, objectIn, textIn, textsIn } from "../json.ts";
import { actions, element, paragraph, show } from "../render.ts";
import { forget, remember, remembered } from "../session.ts";
import { acceptedIn, namesOf } from "./invitation.ts";
import { say } from "./language.ts";
import { grantSummaryOf } from "./summary.ts";

/** How a visit ended: declined, or accepted with what the service had told and then answered. */
type Outcome = { end: "declined" } | { end: "accepted"; told: Fields; answer: Fields };

/** How the visit ended in this tab, if it did. */
export function rememberedOutcome(): Outcome | undefined {
  const outcome = fieldsIn(remembered("outcome") ?? "");
  if (outcome === undefined) return undefined;
  const told = objectIn(outcome, "told");
  const answer = objectIn(outcome, "answer");
  return told && answer ? { end: "accepted", told, answer } : { end: "declined" };
}

/** GINV-3: where the shared channel is; a member finds the way from the organization. */
function chatOf(answer: Fields): string {
  const [channel = ""] = textIn(answer, "kind") === "guest" ? textsIn(answer, "channelIds") : [];
  return `chat?${new URLSearchParams({ org: textIn(answer, "organizationId") })}#${channel}`;
}

export function showOutcome(outcome: Outcome): void {
  if (outcome.end === "declined") {
    show(() => ({ heading: say().declinedTitle, parts: [paragraph(say().declinedText)] }));
    return;
  }
  const { told, answer } = outcome;
  const invitation = acceptedIn(told, answer);
  show(() => ({
    heading: say().inTitle[invitation.kind](namesOf(invitation)),
    parts: [
      paragraph(say().inText[invitation.kind](namesOf(invitation))),
      grantSummaryOf(invitation),
      invitation.kind === "share"
        ? paragraph(say().inNext, "soft")
        : actions(element("a", { className: "button", href: chatOf(answer) }, say().openChat)),
    ],
  }));
}

/** Shows the end and keeps it for a reload of this tab, and nothing that could sign anybody in or be answered again. */
export function finish(outcome: Outcome): void {
  forget("idToken", "secret");
  remember("outcome", JSON.stringify(outcome));
  showOutcome(outcome);
}
