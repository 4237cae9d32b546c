import type { Refusal } from "../api.ts";
import { type Fields, objectIn, objectsIn, textIn } from "../json.ts";
import { isPassing } from "../patience.ts";
import { ask } from "./ask.ts";
import { type Free, togetherWith } from "./invite-together.ts";
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

/** A dry run writes nothing, not even its key: it may be asked as often as it takes. */
async function askFor(body: Fields) {
  const path = here("invitations");
  if (body["dryRun"] === true) return ask("POST", path, { body, isRepeatable: true });
  const text = JSON.stringify(body);
  const key = keys.get(text) ?? crypto.randomUUID();
  keys.set(text, key);
  const answer = await ask("POST", path, { body, headers: { "idempotency-key": key } });
  // Where it may have been carried out, or still is, the same again has to be the same request: its answer has the links.
  const isUnknown = !answer.ok && (answer.status >= 500 || isPassing(answer));
  if (!isUnknown) keys.delete(text);
  return answer;
}

function resultsIn(body: Fields, entries: readonly string[]): Result[] {
  return objectsIn(body, "results").map((result) => {
    const entry = entries[count(result, "index")] ?? "";
    return {
      entry,
      email: textIn(result, "email") || entry,
      status: textIn(result, "status"),
      problem: objectIn(result, "problem"),
      link: textIn(result, "link"),
    };
  });
}

function costIn(body: Fields): Cost {
  const told = objectIn(body, "cost");
  return {
    seats: count(told, "seats"),
    guestPlaces: count(told, "guestPlaces"),
    mails: count(told, "mails"),
  };
}

type Wish = {
  terms: Fields;
  /** What is left before the first of several dry runs. */
  free: () => Promise<Free>;
  /** How many entries have been asked for so far. */
  onProgress: (done: number) => unknown;
};

/**
 * Invites any number of entries, in as many requests as it takes, one after the other; ends at the first refusal. Several
 * dry runs tell together what one would.
 */
export async function inviteAll(
  entries: readonly string[],
  { terms, free, onProgress }: Wish,
): Promise<Outcome> {
  const isSeveral = terms["dryRun"] === true && entries.length > MOST_AT_ONCE;
  const together = isSeveral ? togetherWith(await free()) : undefined;
  const results: Result[] = [];
  const cost = { seats: 0, guestPlaces: 0, mails: 0 };
  for (let start = 0; start < entries.length; start += MOST_AT_ONCE) {
    onProgress(start);
    const some = entries.slice(start, start + MOST_AT_ONCE);
    const known = some.map((entry) => together?.known(entry));
    const asked = some.filter((_, index) => known[index] === undefined);
    if (asked.length > 0) {
      const answer = await askFor({ ...terms, invitees: asked.map((email) => ({ email })) });
      if (!answer.ok) return { results, cost, refusal: answer, rest: entries.slice(start) };
      const told = { results: resultsIn(answer.body, asked), cost: costIn(answer.body) };
      const each = together?.add(told.results, told.cost) ?? told;
      const fresh = [...each.results];
      results.push(...known.flatMap((result) => result ?? fresh.shift() ?? []));
      cost.seats += each.cost.seats;
      cost.guestPlaces += each.cost.guestPlaces;
      cost.mails += each.cost.mails;
    } else results.push(...known.flatMap((result) => result ?? []));
  }
  return { results, cost, refusal: undefined, rest: [] };
}

const DONE: readonly string[] = ["invited", "added", "already-member", "already-invited"];

/** Whether there is nothing left to correct or to try again. */
export function isDone({ status }: Result): boolean {
  return DONE.includes(status);
}
