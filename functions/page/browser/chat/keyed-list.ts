import { renew, takeAway } from "../keep-focus.ts";

/** One of a list: drawn again only when `version` is another; `old` is how it was drawn before. */
export type Keyed = {
  key: string;
  version: readonly unknown[];
  draw: (old: HTMLElement | undefined) => HTMLElement;
};

const drawn = new WeakMap<Element, { key: string; version: readonly unknown[] }>();

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((part, index) => part === other[index]);
}

function make({ key, version, draw }: Keyed, old?: HTMLElement): HTMLElement {
  const fresh = draw(old);
  drawn.set(fresh, { key, version });
  return fresh;
}

/** Makes a list's children what `items` are, in their order; what has not changed is left as it is, focus and all. */
export function showKeyed(list: HTMLElement, items: readonly Keyed[]): void {
  const before = new Map<string, HTMLElement>();
  for (const child of list.children) {
    const key = drawn.get(child)?.key;
    if (key !== undefined && child instanceof HTMLElement) before.set(key, child);
  }
  const wanted = new Set(items.map(({ key }) => key));
  for (const [key, child] of before) if (!wanted.has(key)) takeAway(child, list);
  let at = list.firstElementChild;
  for (const item of items) {
    const old = before.get(item.key);
    let child = old ?? make(item);
    if (old !== undefined && !isSame(drawn.get(old)?.version ?? [], item.version)) {
      child = make(item, old);
      if (at === old) at = child;
      renew(old, child);
    }
    if (at !== child) list.insertBefore(child, at);
    at = child.nextElementSibling;
  }
}
