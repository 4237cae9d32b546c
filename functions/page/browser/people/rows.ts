import type { Refusal } from "../api.ts";
import { renew, takeAway } from "../keep-focus.ts";
import { element } from "../render.ts";
import { refusalNotice } from "./refusal-notice.ts";

type Shown = { id: string };

/** The rows of a list by their items' ids: each is drawn again when its item changes, and only then. */
export type Rows<Item extends Shown> = {
  element: HTMLElement;
  get: (id: string) => Item | undefined;
  count: () => number;
  /** Shows an item in its row, or in a new one at the end or the start. */
  put: (item: Item, at?: "start" | "end") => void;
  drop: (id: string) => void;
  clear: () => void;
  /** Draws everything again, in another language or with other permissions. */
  redraw: () => void;
  /** What came of an act, at its row, until the next one. */
  refuse: (id: string, refusal: Refusal) => void;
  notice: (id: string, notice: HTMLElement) => void;
  settle: (id: string) => void;
};

type Options<Item> = {
  label: () => string;
  draw: (item: Item) => HTMLElement[];
  onChange: (id: string) => void;
};

/** A row that is nothing but a notice; it has no id, and any list that is read again takes it away. */
function noteOf(notice: HTMLElement): HTMLElement {
  return element("li", {}, notice);
}

export function rowsOf<Item extends Shown>({ label, draw, onChange }: Options<Item>): Rows<Item> {
  const items = new Map<string, Item>();
  const drawn = new Map<string, HTMLElement>();
  const notices = new Map<string, HTMLElement>();
  const list = element("ul", { className: "rows", ariaLabel: label(), tabIndex: -1 });

  function rowFor(item: Item): HTMLElement {
    const notice = notices.get(item.id);
    const row = element("li", { tabIndex: -1 }, ...draw(item), ...(notice === undefined ? [] : [notice]));
    row.dataset["id"] = item.id;
    return row;
  }

  function show(item: Item, at: "start" | "end" = "end"): void {
    const old = drawn.get(item.id);
    const row = rowFor(item);
    drawn.set(item.id, row);
    if (old !== undefined) renew(old, row);
    else if (at === "start") list.prepend(row);
    else list.append(row);
  }

  function again(id: string): void {
    const item = items.get(id);
    if (item !== undefined) show(item);
  }

  function notice(id: string, element: HTMLElement): void {
    // Its row went away meanwhile: what came of it still has to be seen, at the head of the list, until the next read.
    if (!items.has(id)) return void list.prepend(noteOf(element));
    notices.set(id, element);
    again(id);
  }

  return {
    element: list,
    get: (id) => items.get(id),
    count: () => items.size,
    put(item, at) {
      const isSame = JSON.stringify(items.get(item.id)) === JSON.stringify(item);
      items.set(item.id, item);
      // A row that is drawn again under a finger that is pressing would swallow the press.
      if (!isSame) show(item, at);
      onChange(item.id);
    },
    drop(id) {
      const row = drawn.get(id);
      items.delete(id);
      drawn.delete(id);
      notices.delete(id);
      if (row !== undefined) takeAway(row, list);
      onChange(id);
    },
    clear() {
      items.clear();
      drawn.clear();
      notices.clear();
      list.replaceChildren();
    },
    redraw() {
      list.ariaLabel = label();
      for (const item of items.values()) show(item);
    },
    notice,
    refuse: (id, refusal) => notice(id, refusalNotice(refusal)),
    settle(id) {
      if (notices.delete(id)) again(id);
    },
  };
}
