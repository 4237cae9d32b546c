import type { Refusal } from "./api.ts";
import { type Fields, fieldsIn, textIn } from "./json.ts";
import { closingOf } from "./refusals.ts";
import { paragraph, show } from "./render.ts";
import { sentences } from "./sentences.ts";
import { forget, remember, remembered } from "./session.ts";

/** How the visit ended in this tab, if it did. */
export function rememberedOutcome(): Fields | undefined {
  return fieldsIn(remembered("outcome") ?? "");
}

export function showOutcome(outcome: Fields): void {
  if (textIn(outcome, "end") === "declined") {
    show(sentences.declinedTitle, paragraph(sentences.declinedText));
  } else {
    const channels = textIn(outcome, "channels");
    show(
      sentences.inTitle,
      paragraph(sentences.inText(textIn(outcome, "organization"), textIn(outcome, "role"))),
      channels === "" ? undefined : paragraph(sentences.inChannels(channels)),
      paragraph(sentences.inNext, "soft"),
    );
  }
}

/** Shows the end and keeps it for a reload of this tab, and nothing that could sign anybody in. */
export function finish(outcome: Fields): void {
  forget("idToken");
  remember("outcome", JSON.stringify(outcome));
  showOutcome(outcome);
}

/** Shows that the invitation is over or unknown, if that is what the refusal says. */
export function isOver(refusal: Refusal): boolean {
  const closing = closingOf(refusal);
  if (closing !== undefined) show(closing.title, paragraph(closing.text));
  return closing !== undefined;
}
