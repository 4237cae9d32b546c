import { textIn } from "../json.ts";
import { element } from "../render.ts";
import { badge } from "./controls.ts";
import { numberOf } from "./dates.ts";
import { isDone, type Outcome, type Result } from "./invite-requests.ts";
import { say } from "./language.ts";
import { linkBox } from "./link-box.ts";
import { refusalNotice, whyNotWords } from "./refusal-notice.ts";

function toneOf(result: Result): "good" | "calm" | "bad" {
  if (result.status === "invited" || result.status === "added") return "good";
  return isDone(result) ? "calm" : "bad";
}

function reasonOf({ problem }: Result): HTMLElement[] {
  const [code, rule, reason] = [textIn(problem, "code"), textIn(problem, "rule"), textIn(problem, "detail")];
  return reason === "" ? [] : [element("p", { className: "soft" }, ...whyNotWords({ code, rule, reason }))];
}

function lineOf(result: Result, isDryRun: boolean): HTMLElement {
  const { inviteStatuses, checkStatuses } = say();
  const words: ReadonlyMap<string, string> = new Map(
    Object.entries(isDryRun ? { ...inviteStatuses, ...checkStatuses } : inviteStatuses),
  );
  return element(
    "li",
    {},
    element("span", {}, result.email),
    " ",
    badge(words.get(result.status) ?? result.status, toneOf(result)),
    ...reasonOf(result),
    ...(result.link === "" ? [] : [linkBox(result.link, say().linkOnce)]),
  );
}

function summaryOf({ results, cost }: Outcome, isDryRun: boolean): string {
  const good = results.filter(({ status }) => status === "invited" || status === "added").length;
  if (!isDryRun) {
    const left = results.every(isDone) ? [] : [say().leftInBox];
    return [say().sentSummary(numberOf(good), numberOf(results.length)), ...left].join(" ");
  }
  return [
    say().checkSummary(numberOf(good), numberOf(results.length)),
    say().cost(numberOf(cost.seats), numberOf(cost.guestPlaces), numberOf(cost.mails)),
  ].join(" ");
}

/** INV-10: an answer per address, in the order in which they were written. */
export function resultsOf(outcome: Outcome, isDryRun: boolean): HTMLElement[] {
  const { results, refusal } = outcome;
  const heading = element("h3", { tabIndex: -1 }, isDryRun ? say().checkTitle : say().resultsTitle);
  return [
    heading,
    ...(refusal === undefined ? [] : [refusalNotice(refusal)]),
    ...(results.length === 0 ? [] : [element("p", {}, summaryOf(outcome, isDryRun))]),
    element("ol", { className: "results" }, ...results.map((result) => lineOf(result, isDryRun))),
  ];
}
