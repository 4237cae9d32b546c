import { element } from "../render.ts";

export function textField(id: string, value: string): HTMLInputElement {
  return element("input", { id, value, maxLength: 100, autocomplete: "off" });
}

/** A choice of one. */
export function choice(
  id: string,
  value: string,
  options: Readonly<Record<string, string>>,
  onChange: () => unknown = () => undefined,
): HTMLSelectElement {
  return element(
    "select",
    { id, onchange: () => onChange() },
    ...Object.entries(options).map(([key, text]) =>
      element("option", { value: key, selected: key === value }, text),
    ),
  );
}

/** A day as its field holds it. */
export function dayField(id: string, time: string): HTMLInputElement {
  const at = new Date(time);
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return element("input", {
    type: "date",
    id,
    value: time === "" ? "" : local.toISOString().slice(0, 10),
  });
}
