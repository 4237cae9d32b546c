import { actions, button, element, isBusy } from "../render.ts";
import { say } from "./language.ts";
import type { Draft, Missing } from "./registration.ts";

export type RegistrationForm = {
  missing: Missing;
  termsVersion: string;
  draft: Draft;
  /** The fields that the service did not accept. */
  refused: readonly string[];
  onJoin: () => unknown;
  onBack: () => unknown;
};

type TextField = "firstName" | "lastName" | "phone";

const ATTRIBUTES: Readonly<Record<TextField, Partial<HTMLInputElement>>> = {
  firstName: { autocomplete: "given-name", maxLength: 100, pattern: ".*\\S.*" },
  lastName: { autocomplete: "family-name", maxLength: 100, pattern: ".*\\S.*" },
  phone: { autocomplete: "tel", type: "tel", maxLength: 32, pattern: "\\+[1-9][0-9 \\(\\).\\-]{4,30}" },
};

function textField(name: TextField, { draft, refused }: RegistrationForm): HTMLElement {
  const hint = name === "phone" ? element("small", { id: "phone-hint" }, say().phoneHint) : undefined;
  const input = element("input", {
    ...ATTRIBUTES[name],
    name,
    value: draft[name],
    required: true,
    oninput: () => {
      draft[name] = input.value;
      input.ariaInvalid = null;
    },
  });
  if (refused.includes(name)) input.ariaInvalid = "true";
  if (hint === undefined) return element("label", {}, say()[name], input);
  input.setAttribute("aria-describedby", hint.id);
  return element("div", {}, element("label", {}, say()[name], input), hint);
}

function termsField({ draft, termsVersion }: RegistrationForm): HTMLElement {
  const checkbox = element("input", {
    type: "checkbox",
    name: "terms",
    required: true,
    checked: draft.hasAcceptedTerms,
    onchange: () => {
      draft.hasAcceptedTerms = checkbox.checked;
    },
  });
  return element("label", { className: "check" }, checkbox, element("span", {}, say().terms(termsVersion)));
}

/** The form of names, phone number and terms, as far as they are missing. */
export function registrationForm(options: RegistrationForm): HTMLElement {
  const { missing, onJoin, onBack } = options;
  const submitted = (event: Event) => {
    event.preventDefault();
    if (!isBusy()) onJoin();
  };
  return element(
    "form",
    { onsubmit: submitted },
    ...(missing.profile ? [textField("firstName", options), textField("lastName", options)] : []),
    ...(missing.phone ? [textField("phone", options)] : []),
    ...(missing.terms ? [termsField(options)] : []),
    actions(
      element("button", { type: "submit", className: "primary" }, say().join),
      button(say().back, "", onBack),
    ),
  );
}
