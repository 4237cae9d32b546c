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

/** The latest act of each row that is not answered yet. */
const underWay = new Map<string, { readonly what: string; readonly over: Promise<unknown> }>();

/**
 * Does something to the person or invitation of a row: one thing after the other, and what is under way already not once
 * more. A refusal is shown at the row, which shows again how things really are; of a success screen readers are told.
 * @returns the answer of a success
 */
export async function actOn<Item extends { id: string }>(
  rows: Rows<Item>,
  id: string,
  act: Act,
): Promise<Fields | undefined> {
  const what = JSON.stringify([act.method, act.path, act.body]);
  const former = underWay.get(id);
  if (former?.what === what) return undefined;
  const answer = (former?.over ?? Promise.resolve()).then(() => carryOut(rows, id, act));
  const mine = { what, over: answer.catch(() => undefined) };
  underWay.set(id, mine);
  try {
    return await answer;
  } finally {
    if (underWay.get(id) === mine) underWay.delete(id);
  }
}

async function carryOut<Item extends { id: string }>(
  rows: Rows<Item>,
  id: string,
  { method, path, body, hasKey }: Act,
): Promise<Fields | undefined> {
  rows.settle(id);
  const question = {
    ...(body !== undefined && { body }),
    ...(hasKey === true && { headers: { "idempotency-key": crypto.randomUUID() } }),
  };
  const answer: Outcome = await during(say().working, () => ask(method, here(path), question));
  if (!answer.ok) {
    rows.refuse(id, answer);
    return undefined;
  }
  announce(say().done);
  return answer.body;
}
