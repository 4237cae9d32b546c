import { setTimeout as wait } from "node:timers/promises";
import { TableBusy } from "../table/transaction.ts";

/** Enough for ten writers of one record at once, each of whom makes all others decide anew. */
const ATTEMPTS = 10;
const BACKOFF_MS = 20;
const MOST_BACKOFF_MS = 250;

/**
 * Runs load–decide–write until the facts it decided on still held when it wrote. An attempt answers `"again"` when a
 * condition of its write failed because something it had read has changed meanwhile: the next one decides anew.
 * @throws TableBusy after 10 attempts
 */
export async function untilSettled<Result>(attempt: () => Promise<Result | "again">): Promise<Result> {
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    const result = await attempt();
    if (result !== "again") return result;
    await wait(Math.random() * Math.min(BACKOFF_MS * 2 ** count, MOST_BACKOFF_MS));
  }
  throw new TableBusy();
}
