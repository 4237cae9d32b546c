import { RIGHTS, type Right, type Rights } from "@vestibule/domain/vocabulary";
import { element } from "../render.ts";
import { say } from "./language.ts";

export type RightsPicker = { element: HTMLElement; read: () => Rights };

/** RGT-5: what a member is to manage. */
export function rightsPicker(held: Readonly<Record<Right, boolean>>): RightsPicker {
  const rights = { ...held };
  const boxes = RIGHTS.map((right) => {
    const input = element("input", {
      type: "checkbox",
      checked: rights[right],
      onchange: () => {
        rights[right] = input.checked;
      },
    });
    return element("label", { className: "check" }, input, element("span", {}, say().rights[right]));
  });
  return {
    element: element(
      "fieldset",
      { className: "picker" },
      element("legend", {}, say().rightsTitle),
      element("div", { className: "options" }, ...boxes),
    ),
    read: () => ({ ...rights }),
  };
}
