import type { Action } from "@vestibule/domain/actions";
import { element } from "../render.ts";
import { ruleMark, whyNot } from "./refusal-notice.ts";
import { permission } from "./workplace.ts";

/** A part of a row: its label is seen where there are no columns, and always heard. */
export function cell(label: string, ...children: (Node | string)[]): HTMLElement {
  return element(
    "div",
    { className: "cell" },
    element("span", { className: "label" }, label),
    element("div", { className: "value" }, ...children),
  );
}

/** The id of the reasons of a section, which every control that they disable refers to. */
const REASONS = "reasons";

function forbid(control: HTMLButtonElement | HTMLSelectElement | HTMLInputElement, action: Action): void {
  const decided = permission(action);
  if (decided.isAllowed) return;
  control.disabled = true;
  control.title = whyNot(decided).words;
  control.setAttribute("aria-describedby", REASONS);
}

/** Why some of a section's controls are disabled: each reason once, with its rule (GST-17). */
export function reasons(...actions: readonly Action[]): HTMLElement | undefined {
  const refused = actions.map(permission).filter(({ isAllowed }) => !isAllowed);
  if (refused.length === 0) return undefined;
  const rules = new Map<string, Set<string>>();
  const langs = new Map<string, string>();
  for (const decided of refused) {
    const { words, lang } = whyNot(decided);
    langs.set(words, lang);
    rules.set(words, (rules.get(words) ?? new Set()).add(decided.rule));
  }
  return element(
    "ul",
    { className: "reasons", id: REASONS },
    ...[...rules].map(([words, ids]) =>
      element(
        "li",
        { lang: langs.get(words) ?? "en" },
        words,
        ...[...ids].flatMap((rule) => [" ", ruleMark(rule)]),
      ),
    ),
  );
}

type Choice = { id: string; label: string; value: string; options: Readonly<Record<string, string>> };

/** A menu of one choice in a row. */
export function menu(
  { id, label, value, options }: Choice,
  action: Action,
  onChoose: (value: string) => unknown,
): HTMLSelectElement {
  const select = element(
    "select",
    { id, ariaLabel: label, onchange: () => onChoose(select.value) },
    ...Object.entries(options).map(([key, text]) =>
      element("option", { value: key, selected: key === value }, text),
    ),
  );
  forbid(select, action);
  return select;
}

/** A button in a row; `about` is what a screen reader hears after its label, which many rows have. */
export function rowButton(
  { id, label, about }: { id: string; label: string; about: string },
  action: Action,
  onPress: () => unknown,
): HTMLButtonElement {
  const made = element(
    "button",
    { type: "button", id, className: "small", onclick: () => onPress() },
    label,
    element("span", { className: "unseen" }, ` ${about}`),
  );
  forbid(made, action);
  return made;
}

/** What belongs together behind one button; opens in its place. */
export function disclosure(id: string, summary: (Node | string)[], ...children: HTMLElement[]): HTMLElement {
  const details = element(
    "details",
    { id, className: "menu" },
    element("summary", { id: `${id}-summary` }, ...summary),
    element("div", { className: "panel" }, ...children),
  );
  // What was chosen is under way: its outcome is shown at the row, and the focus waits where it came from.
  details.addEventListener(
    "click",
    ({ target }) => {
      if (!(target instanceof Element) || target.closest(".panel button") === null) return;
      details.open = false;
      details.querySelector("summary")?.focus();
    },
    { capture: true },
  );
  details.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary")?.focus();
  });
  return details;
}

/** A box to tick in a panel. */
export function tick(
  { id, label, isChecked }: { id: string; label: string; isChecked: boolean },
  action: Action,
  onChange: (isChecked: boolean) => unknown,
): HTMLElement {
  const input = element("input", {
    type: "checkbox",
    id,
    checked: isChecked,
    onchange: () => onChange(input.checked),
  });
  forbid(input, action);
  return element("label", { className: "check" }, input, element("span", {}, label));
}

/** A state in words, in a colour of its own besides. */
export function badge(words: string, tone: "good" | "bad" | "calm"): HTMLElement {
  return element("span", { className: `badge ${tone}` }, words);
}

/**
 * Closes what is open when somebody presses elsewhere: once they have, since a page that becomes shorter may scroll, and
 * what was being pressed would be gone from under the pointer.
 */
export function closeMenusOutside(): void {
  document.addEventListener("click", ({ target }) => {
    for (const open of document.querySelectorAll("details.menu[open]")) {
      if (target instanceof Node && !open.contains(target)) open.toggleAttribute("open", false);
    }
  });
}

/** The names of the columns, for those who see them; every cell has its own for those who hear it. */
export function columns(heads: readonly string[]): HTMLElement {
  const row = element("div", { className: "heads" }, ...heads.map((head) => element("span", {}, head)));
  row.setAttribute("aria-hidden", "true");
  return row;
}
