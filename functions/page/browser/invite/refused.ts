import type { Refusal } from "../api.ts";
import { actions, button, paragraph, show } from "../render.ts";
import { say } from "./language.ts";
import { aboutIn, type Remedy, reasonOf, remedyOf, wordsOf } from "./refusals.ts";
import type { About } from "./sentences.ts";

export type WayOn = {
  /** What the page knows besides what the refusal names. */
  about?: Partial<About>;
  /** What each remedy does; one that is left out is not offered. */
  remedies: Partial<Record<Remedy, () => unknown>>;
  /** Back to the invitation, where there is one. */
  onBack?: () => unknown;
};

function labelOf(remedy: Remedy): string {
  const { anotherAccount, signInAgain, signInWithSecondFactor, again } = say();
  switch (remedy) {
    case "switch":
      return anotherAccount;
    case "sign-in":
      return signInAgain;
    case "second-factor":
      return signInWithSecondFactor;
    case "again":
      return again;
  }
}

/** Says why it cannot go on as asked, and what may be done next. */
export function showRefusal(refusal: Refusal, { about, remedies, onBack }: WayOn): void {
  const reason = reasonOf(refusal, onBack !== undefined);
  const remedy = remedyOf(reason);
  const act = remedy && remedies[remedy];
  show(() => {
    const { title, text } = wordsOf(reason, { ...about, ...aboutIn(refusal) });
    const buttons = [
      ...(remedy && act ? [button(labelOf(remedy), "primary", act)] : []),
      ...(remedy && onBack ? [button(say().toInvitation, "", onBack)] : []),
    ];
    return { heading: title, parts: [paragraph(text), buttons.length > 0 ? actions(...buttons) : undefined] };
  });
}
