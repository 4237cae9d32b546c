import type { ItemChange } from "../table/stream-items.ts";

/** The change of one kind of item. */
export type Of<Kind extends ItemChange["kind"]> = Extract<ItemChange, { kind: Kind }>;

/** Whether people see no difference; most writes of an item change something that is not shown. */
export function isShownAlike(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
