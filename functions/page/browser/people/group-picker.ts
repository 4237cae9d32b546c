import { textIn } from "../json.ts";
import { element } from "../render.ts";
import type { Picker } from "./channel-picker.ts";
import { say } from "./language.ts";
import { refusalNotice } from "./refusal-notice.ts";
import { everyItem, here } from "./workplace.ts";

/** MINV-2: the groups that a member is to join; those chosen stay so, whether or not they can be shown. */
export function groupPicker(ids: readonly string[]): Picker {
  const chosen = new Set(ids);
  const fieldset = element("fieldset", { className: "picker", hidden: true });

  async function draw(): Promise<void> {
    const { items, refusal } = await everyItem(here("groups?limit=200"));
    const options = items.map((group) => {
      const id = textIn(group, "id");
      const input = element("input", {
        type: "checkbox",
        checked: chosen.has(id),
        onchange: () => (input.checked ? chosen.add(id) : chosen.delete(id)),
      });
      return element("label", { className: "check" }, input, element("span", {}, textIn(group, "name")));
    });
    fieldset.hidden = options.length === 0 && refusal === undefined;
    fieldset.replaceChildren(
      element("legend", {}, say().groups),
      ...(refusal === undefined ? [] : [refusalNotice(refusal)]),
      element("div", { className: "options" }, ...options),
    );
  }

  void draw();
  return { element: fieldset, chosen: () => [...chosen] };
}
