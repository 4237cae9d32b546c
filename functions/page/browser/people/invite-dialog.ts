import { element, sayMeanwhile } from "../render.ts";
import { numberOf } from "./dates.ts";
import { openDialog } from "./dialog.ts";
import { knownUsage, readUsage } from "./figures.ts";
import { inviteAll, isDone, type Outcome } from "./invite-requests.ts";
import { resultsOf } from "./invite-results.ts";
import { inviteTerms } from "./invite-terms.ts";
import { type Free, freeOf } from "./invite-together.ts";
import { countOf, entriesIn } from "./invitees.ts";
import { say } from "./language.ts";

function kindChoice(onChoose: (kind: string) => unknown): HTMLElement {
  const option = (kind: "member" | "guest", label: string) =>
    element(
      "label",
      { className: "check" },
      element("input", {
        type: "radio",
        name: "kind",
        value: kind,
        checked: kind === "member",
        onchange: () => onChoose(kind),
      }),
      element("span", {}, label),
    );
  return element(
    "fieldset",
    { className: "kinds" },
    element("legend", {}, say().kind),
    option("member", say().asMember),
    option("guest", say().asGuest),
  );
}

/** What stays in the box: what failed, to be corrected or sent again, and what was not even asked for. */
function leftOf({ results, rest }: Outcome): string {
  return [...results.filter((result) => !isDone(result)).map(({ entry }) => entry), ...rest].join("\n");
}

/** Invites one or many: a check that writes nothing, then the real thing, with an answer per address. */
export function openInvite(onSent: () => unknown): void {
  const terms = inviteTerms();
  const box = element("textarea", { id: "invitees", rows: 5, required: true, spellcheck: false });
  box.setAttribute("aria-describedby", "invitees-hint invitees-count");
  const counted = element("p", { id: "invitees-count", className: "soft", role: "status" });
  const results = element("div", { className: "outcome" });

  function count(): void {
    const { all, odd } = countOf(box.value);
    const odds = odd === 0 ? "" : ` ${say().oddAddresses(odd, numberOf(odd))}`;
    counted.textContent = all === 0 ? "" : `${say().addresses(all, numberOf(all))}${odds}`;
  }
  box.addEventListener("input", count);

  async function free(): Promise<Free> {
    await readUsage();
    return freeOf(knownUsage());
  }

  async function run(isDryRun: boolean): Promise<void> {
    if (!form.reportValidity()) return;
    const entries = entriesIn(box.value);
    const asked = { ...terms.read(), ...(isDryRun && { dryRun: true }) };
    const onProgress = (done: number) =>
      done > 0 && sayMeanwhile(`${say().working} ${numberOf(done)} / ${numberOf(entries.length)}`);
    // What came before is no longer so, and what is written meanwhile would be lost.
    results.replaceChildren();
    box.readOnly = true;
    const outcome = await inviteAll(entries, { terms: asked, free, onProgress });
    box.readOnly = false;
    results.replaceChildren(...resultsOf(outcome, isDryRun));
    if (!isDryRun) {
      box.value = leftOf(outcome);
      count();
      onSent();
    }
    // A live region outside the dialog is silent now; the focus leads to what came of it.
    results.querySelector("h3")?.focus({ preventScroll: true });
    results.scrollIntoView({ block: "start" });
  }

  const press = (label: string, className: string, onclick: () => unknown) =>
    element("button", { type: "button", className, onclick }, label);
  const form = element(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        void dialog.work(() => run(false));
      },
    },
    kindChoice(terms.show),
    element(
      "div",
      {},
      element("label", {}, say().addressesLabel, box),
      element("small", { id: "invitees-hint" }, say().addressesHint),
      counted,
    ),
    terms.element,
    element(
      "div",
      { className: "actions" },
      element("button", { type: "submit", className: "primary" }, say().send),
      press(say().check, "", () => dialog.work(() => run(true))),
      press(say().close, "", () => dialog.work(async () => dialog.close())),
    ),
    results,
  );
  const dialog = openDialog(say().invite, "wide", form);
  box.focus();
}
