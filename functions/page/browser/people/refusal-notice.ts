import type { Refusal } from "../api.ts";
import { objectsIn, textIn } from "../json.ts";
import { button, type Child, element } from "../render.ts";
import { signIn } from "./choose-organization.ts";
import { say } from "./language.ts";

/** A rule's id, after what it decided. */
export function ruleMark(rule: string): HTMLElement {
  return element("span", { className: "rule" }, rule);
}

/** Why the service refused: in its own words with the rule that decided, else what the page knows of it (GST-17). */
export function refusalWords({ code, status, data, requestId }: Refusal): Child[] {
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
  // The service explains itself in English.
  return [
    element("span", { lang: "en" }, [detail, ...fields].join(" ")),
    ...(rule === "" ? [] : [" ", ruleMark(rule)]),
  ];
}

/** The same as a notice that is read out at once. */
export function refusalNotice(refusal: Refusal): HTMLElement {
  const again =
    refusal.status === 401 ? [" ", button(say().signInAgain, "plain", () => signIn("again"))] : [];
  return element("p", { className: "notice", role: "alert" }, ...refusalWords(refusal), ...again);
}
