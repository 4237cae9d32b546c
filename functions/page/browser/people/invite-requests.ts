import type { Refusal } from "../api.ts";
import { type Fields, objectIn, objectsIn, textIn } from "../json.ts";
import { ask } from "./ask.ts";
import { here } from "./workplace.ts";

/** INV-10: the most addresses of one request. */
const MOST_AT_ONCE = 100;

/** What became, or would become, of one entry. */
export type Result = {
  entry: string;
  email: string;
  status: string;
  problem: Fields | undefined;
  link: string;
};
export type Cost = { seats: number; guestPlaces: number; mails: number };
export type Outcome = {
  results: Result[];
  cost: Cost;
  /** Why the rest was not even asked for. */
  refusal: Refusal | undefined;
  /** The entries that nothing is known of yet. */
  rest: string[];
};

/** The keys of requests whose answer never came: the same again is the same request (`Idempotency-Key`). */
const keys = new Map<string, string>();

function count(fields: Fields | undefined, name: string): number {
  const value = fields?.[name];
  return typeof value === "number" ? value : 0;
}

async function askFor(body: Fields) {
  const text = JSON.stringify(body);
  const key = keys.get(text) ?? crypto.randomUUID();
  keys.set(text, key);
  const answer = await ask("POST", here("invitations"), { body, headers: { "idempotency-key": key } });
  if (answer.ok || (answer.status > 0 && answer.status < 500)) keys.delete(text);
  return answer;
}

/** Invites any number of entries, in as many requests as it takes, one after the other; ends at the first refusal. */
export async function inviteAll(entries: readonly string[], terms: Fields): Promise<Outcome> {
  const results: Result[] = [];
  const cost = { seats: 0, guestPlaces: 0, mails: 0 };
  for (let start = 0; start < entries.length; start += MOST_AT_ONCE) {
    const some = entries.slice(start, start + MOST_AT_ONCE);
    const answer = await askFor({ ...terms, invitees: some.map((email) => ({ email })) });
    if (!answer.ok) return { results, cost, refusal: answer, rest: entries.slice(start) };
    const told = objectIn(answer.body, "cost");
    cost.seats += count(told, "seats");
    cost.guestPlaces += count(told, "guestPlaces");
    cost.mails += count(told, "mails");
    for (const result of objectsIn(answer.body, "results")) {
      const entry = some[count(result, "index")] ?? "";
      results.push({
        entry,
        email: textIn(result, "email") || entry,
        status: textIn(result, "status"),
        problem: objectIn(result, "problem"),
        link: textIn(result, "link"),
      });
    }
  }
  return { results, cost, refusal: undefined, rest: [] };
}

const DONE: readonly string[] = ["invited", "added", "already-member", "already-invited"];

/** Whether there is nothing left to correct or to try again. */
export function isDone({ status }: Result): boolean {
  return DONE.includes(status);
}
