import { VestibuleProblem } from "@vestibule/client/problem";
import { type Child, element, part } from "../render.ts";
import { say } from "./language.ts";
import { refusalWords } from "./refusal-words.ts";

/** Tells a screen reader what came; those who see have seen it. */
export function announce(sentence: string): void {
  part("told").textContent = sentence;
}

/** Takes what was said at the composer away. */
export function hush(): void {
  document.getElementById("notes")?.replaceChildren();
}

/** Something for this person alone, above where they write, until they put it away or the next comes. */
export function note(...words: Child[]): void {
  const made = element(
    "div",
    { className: "note" },
    element("div", {}, ...words),
    element("button", { type: "button", className: "icon", ariaLabel: say().dismiss, onclick: hush }, "×"),
  );
  document.getElementById("notes")?.replaceChildren(made);
}

/** Why something did not come about. */
export function noteRefusal(error: unknown): void {
  const words = element("p", { className: "warn", role: "alert" }, ...refusalWords(error));
  const dialog = document.querySelector("dialog[open] .outcome");
  if (dialog === null) note(words);
  else dialog.replaceChildren(words);
}

/** Does it, and says so where it is refused. @returns whether it came about */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    // What is neither is a mistake of this page: it is to be seen as one.
    if (!(error instanceof VestibuleProblem || error instanceof TypeError)) throw error;
    noteRefusal(error);
    return false;
  }
}
