import type { Refusal } from "../api.ts";
import { type Fields, objectsIn, textIn } from "../json.ts";
import { button, element } from "../render.ts";
import { ask } from "./ask.ts";
import { say } from "./language.ts";
import { refusalNotice } from "./refusal-notice.ts";
import { type Rows, rowsOf } from "./rows.ts";

/** A list of the API, page by page, as rows; what happens live is put into the same rows. */
export type Paged<Item extends { id: string }> = {
  rows: Rows<Item>;
  /** The list with what belongs below it. */
  element: () => HTMLElement;
  /** From the start, as the API tells it now. What is shown stays until the answer is there. */
  read: () => Promise<void>;
};

type Options<Item> = {
  label: () => string;
  none: () => string;
  /** The list's path; with a query. */
  path: () => string;
  itemIn: (fields: Fields) => Item;
  draw: (item: Item) => HTMLElement[];
};

export function pagedList<Item extends { id: string }>(options: Options<Item>): Paged<Item> {
  const foot = element("div", { className: "foot" });
  let cursor = "";
  let refused: Refusal | undefined;
  let isRead = false;
  let reading = 0;
  const rows = rowsOf<Item>({ label: options.label, draw: options.draw, onChange: changed });

  /** What changed live since the last read began: what that read says of it may be older. */
  const changedSince = new Set<string>();
  let isReadApplied = false;

  function changed(id: string): void {
    if (!isReadApplied) changedSince.add(id);
    drawFoot();
  }

  function drawFoot(): void {
    const isEmpty = isRead && rows.count() === 0 && refused === undefined && cursor === "";
    foot.replaceChildren(
      ...(isRead ? [] : [element("p", { className: "soft" }, say().loading)]),
      ...(refused === undefined ? [] : [refusalNotice(refused), button(say().again, "", read)]),
      ...(isEmpty ? [element("p", { className: "soft" }, options.none())] : []),
      ...(cursor === "" ? [] : [button(say().more, "", more)]),
    );
  }

  async function readPage(after: string): Promise<void> {
    reading += 1;
    const mine = reading;
    changedSince.clear();
    const path = options.path();
    const answer = await ask("GET", after === "" ? path : `${path}&cursor=${encodeURIComponent(after)}`);
    // Another search or filter was asked for meanwhile.
    if (mine !== reading) return;
    isRead = true;
    refused = answer.ok ? undefined : answer;
    if (answer.ok) {
      const items = objectsIn(answer.body, "items").map(options.itemIn);
      cursor = textIn(answer.body, "nextCursor");
      isReadApplied = true;
      if (after === "") dropAllBut(new Set([...changedSince, ...items.map(({ id }) => id)]));
      for (const item of items.filter(({ id }) => !changedSince.has(id))) rows.put(item);
      isReadApplied = false;
    }
    drawFoot();
  }

  function dropAllBut(ids: ReadonlySet<string>): void {
    for (const row of [...rows.element.children]) {
      const id = row instanceof HTMLElement ? (row.dataset["id"] ?? "") : "";
      if (id === "") row.remove();
      else if (!ids.has(id)) rows.drop(id);
    }
  }

  const read = () => readPage("");

  async function more(): Promise<void> {
    const last = rows.element.lastElementChild;
    await readPage(cursor);
    // The button that was pressed may be gone: on with the first of the new rows.
    const next = last?.nextElementSibling;
    if (next instanceof HTMLElement) next.focus();
  }

  return {
    rows,
    element() {
      rows.redraw();
      drawFoot();
      return element("div", { className: "list" }, rows.element, foot);
    },
    read,
  };
}
