import { VestibuleProblem } from "@vestibule/client/problem";
import { reasonOf } from "../people/reasons.ts";
import { type Child, element } from "../render.ts";
import { locale, say } from "./language.ts";

/** Why the service refused, with the rule that decided, in the reader's language where the page has words (GST-17). */
export function refusalWords(error: unknown): Child[] {
  const { offline, signedOut, busy, tooMany, failed } = say().refusals;
  if (!(error instanceof VestibuleProblem)) return [offline];
  const { status, code, rule = "", detail, requestId } = error;
  if (status === 401) return [signedOut];
  if (status >= 500) return [status === 503 ? busy : failed(requestId)];
  if (status === 429) return [tooMany];
  const words = reasonOf(say().reasons(), code, rule);
  const why = element("span", { lang: words === undefined ? "en" : locale() }, words ?? detail);
  return rule === "" ? [why] : [why, " ", element("span", { className: "rule" }, rule)];
}
