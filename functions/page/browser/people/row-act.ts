import type { Outcome } from "../api.ts";
import type { Fields } from "../json.ts";
import { during } from "../render.ts";
import { announce } from "./announce.ts";
import { ask } from "./ask.ts";
import { say } from "./language.ts";
import type { Rows } from "./rows.ts";
import { here } from "./workplace.ts";

type Act = {
  method: string;
  path: string;
  body?: Fields;
  /** Whether the service knows the same request again by its key; only then may it be repeated. */
  hasKey?: boolean;
};

/** A list and what puts an item into it, as its acts need them. */
export type Shelf<Item extends { id: string }> = { rows: Rows<Item>; put: (item: Item) => void };

const underWay = new Set<string>();

/**
 * Does something to the person or invitation of a row: one thing at a time. A refusal is shown at the row, which shows
 * again how things really are; of a success screen readers are told.
 * @returns the answer of a success
 */
export async function actOn<Item extends { id: string }>(
  rows: Rows<Item>,
  id: string,
  { method, path, body, hasKey }: Act,
): Promise<Fields | undefined> {
  if (underWay.has(id)) return undefined;
  underWay.add(id);
  rows.settle(id);
  const question = {
    ...(body !== undefined && { body }),
    ...(hasKey === true && { headers: { "idempotency-key": crypto.randomUUID() } }),
  };
  const answer: Outcome = await during(say().working, () => ask(method, here(path), question));
  underWay.delete(id);
  if (!answer.ok) {
    rows.refuse(id, answer);
    return undefined;
  }
  announce(say().done);
  return answer.body;
}
