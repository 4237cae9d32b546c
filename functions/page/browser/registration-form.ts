import type { Fields } from "./json.ts";
import { actions, button, element, isBusy } from "./render.ts";
import { sentences } from "./sentences.ts";

/** What a first-time visitor still has to give (INV-7). */
export type Missing = { profile: boolean; terms: boolean };

export type RegistrationForm = {
  missing: Missing;
  termsVersion: string;
  firstName: string;
  lastName: string;
  /** Whether they were accepted before, in an attempt that failed for another reason. */
  hasAcceptedTerms: boolean;
  onJoin: (fields: Fields) => unknown;
  onBack: () => unknown;
};

/** What the service's `missing` names: `profile` or its fields, `terms` or `termsVersion`. */
export function missingIn(data: Fields): Missing {
  const { missing } = data;
  const names = Array.isArray(missing) ? missing.map(String) : [];
  return {
    profile: names.some((name) => name.startsWith("profile")),
    terms: names.some((name) => name.startsWith("terms")),
  };
}

function nameField(label: string, value: string, autocomplete: "given-name" | "family-name") {
  const input = element("input", { value, autocomplete, required: true, maxLength: 100, pattern: ".*\\S.*" });
  return { input, label: element("label", {}, label, input) };
}

/** The form of first and last name and the terms, as far as they are missing. */
export function registrationForm(options: RegistrationForm): HTMLElement {
  const { missing, termsVersion } = options;
  const first = nameField(sentences.firstName, options.firstName, "given-name");
  const last = nameField(sentences.lastName, options.lastName, "family-name");
  const checkbox = element("input", { type: "checkbox", required: true, checked: options.hasAcceptedTerms });
  const terms = element("label", { className: "check" }, checkbox, sentences.terms(termsVersion));

  const submitted = (event: Event) => {
    event.preventDefault();
    if (isBusy()) return;
    const profile = { firstName: first.input.value.trim(), lastName: last.input.value.trim() };
    options.onJoin({ ...(missing.profile && { profile }), ...(missing.terms && { termsVersion }) });
  };
  return element(
    "form",
    { onsubmit: submitted },
    ...(missing.profile ? [first.label, last.label] : []),
    ...(missing.terms ? [terms] : []),
    actions(
      element("button", { type: "submit", className: "primary" }, sentences.join),
      button(sentences.back, "", options.onBack),
    ),
  );
}
