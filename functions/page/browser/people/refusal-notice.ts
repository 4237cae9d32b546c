import type { Refusal } from "../api.ts";
import { objectsIn, textIn } from "../json.ts";
import { actions, button, type Child, element, show } from "../render.ts";
import { signIn } from "./choose-organization.ts";
import { inWords } from "./dates.ts";
import { locale, say } from "./language.ts";
import { reasonOf } from "./reasons.ts";

/** A rule's id, after what it decided. */
export function ruleMark(rule: string): HTMLElement {
  return element("span", { className: "rule" }, rule);
}

type Decided = { code: string; rule: string; reason: string };

/** Why something is not allowed: in the reader's language, else as the service says it, in English. */
export function whyNot({ code, rule, reason }: Decided): { words: string; lang: string } {
  const words = reasonOf(say().reasons(), code, rule);
  return words === undefined ? { words: reason, lang: "en" } : { words, lang: locale() };
}

/** The same with the rule that decided (GST-17). */
export function whyNotWords(decided: Decided): Child[] {
  const { words, lang } = whyNot(decided);
  const mark = decided.rule === "" ? [] : [" ", ruleMark(decided.rule)];
  return [element("span", { lang }, words), ...mark];
}

/** Why the service refused, with the rule that decided, else what the page knows of it (GST-17). */
export function refusalWords({ code, status, data, requestId, retryAfterMs }: Refusal): Child[] {
  const { offline, signedOut, busy, tooMany, failed } = say().refusals;
  if (code === "network") return [offline];
  if (status === 401 && code !== "reauthentication-required") return [signedOut];
  const detail = textIn(data, "detail");
  const rule = textIn(data, "rule");
  if (status >= 500) return [status === 503 ? busy : failed(requestId)];
  if (detail === "") return [status === 429 ? tooMany : failed(requestId)];
  const fields = objectsIn(data, "errors").map(
    (error) => `${textIn(error, "path")}: ${textIn(error, "message")}`,
  );
  return [
    ...whyNotWords({ code, rule, reason: detail }),
    // INV-13: what is over for today is not worth another try in a minute.
    ...(retryAfterMs === undefined ? [] : [` (${inWords(retryAfterMs)})`]),
    ...(fields.length === 0 ? [] : [" ", element("span", { lang: "en" }, fields.join(" "))]),
  ];
}

/** The same as a notice that is read out at once. */
export function refusalNotice(refusal: Refusal): HTMLElement {
  const again =
    refusal.status === 401 ? [" ", button(say().signInAgain, "plain", () => signIn("again"))] : [];
  return element("p", { className: "notice", role: "alert" }, ...refusalWords(refusal), ...again);
}

/** Instead of what could not be read: why, with another try. */
export function showRefused(refusal: Refusal, again: () => unknown, ...others: HTMLElement[]): void {
  show(() => ({
    heading: say().people,
    parts: [refusalNotice(refusal), actions(button(say().again, "primary", again), ...others)],
  }));
}
