import type { Refusal } from "../api.ts";
import { objectsIn, textIn } from "../json.ts";
import { element } from "../render.ts";
import { ask } from "./ask.ts";
import { say } from "./language.ts";
import { refusalNotice } from "./refusal-notice.ts";
import { here, type Named, place } from "./workplace.ts";

const PATIENCE_MS = 200;
const MOST_FOUND = 20;

export type Picker = { element: HTMLElement; chosen: () => string[] };

let pickers = 0;

async function find(search: string): Promise<Named[] | Refusal> {
  const wanted = search === "" ? "" : `&search=${encodeURIComponent(search)}`;
  const answer = await ask("GET", here(`channels?archived=false&limit=${MOST_FOUND * 2}${wanted}`));
  if (!answer.ok) return answer;
  const named = objectsIn(answer.body, "items").filter((channel) => textIn(channel, "name") !== "");
  return named
    .slice(0, MOST_FOUND)
    .map((channel) => ({ id: textIn(channel, "id"), name: textIn(channel, "name") }));
}

/** Several channels, found by the beginning of their names; the chosen ones stay in sight. */
export function channelPicker(ids: readonly string[]): Picker {
  pickers += 1;
  const chosen = new Map(ids.map((id) => [id, place().channels.get(id) ?? id]));
  const options = element("div", { className: "options" });
  options.role = "group";
  options.ariaLabel = say().channels;
  const search = element("input", { type: "search", autocomplete: "off", ariaLabel: say().findChannels });
  search.placeholder = say().findChannels;
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function option({ id, name }: Named): HTMLElement {
    const input = element("input", {
      type: "checkbox",
      checked: chosen.has(id),
      onchange: () => {
        if (input.checked) chosen.set(id, name);
        else chosen.delete(id);
      },
    });
    return element("label", { className: "check" }, input, element("span", {}, `#${name}`));
  }

  async function draw(): Promise<void> {
    asked += 1;
    const mine = asked;
    const found = await find(search.value.trim());
    if (mine !== asked) return;
    if (!Array.isArray(found)) {
      options.replaceChildren(...[...chosen].map(([id, name]) => option({ id, name })), refusalNotice(found));
      return;
    }
    for (const { id, name } of found) place().channels.set(id, name);
    const first = [...chosen].map(([id, name]) => ({ id, name }));
    const others = found.filter(({ id }) => !chosen.has(id));
    options.replaceChildren(...[...first, ...others].map(option));
    if (first.length + others.length === 0) options.replaceChildren(say().noChannels);
  }

  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, PATIENCE_MS);
  });
  // Enter in the search is not yet the whole form.
  search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  void draw();
  const id = `channels-${pickers}`;
  const legend = element("legend", { id }, say().channels);
  return {
    element: element("fieldset", { className: "picker" }, legend, search, options),
    chosen: () => [...chosen.keys()],
  };
}
