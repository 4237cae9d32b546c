import { setTimeout as wait } from "node:timers/promises";
import { TableBusy } from "../table/transaction.ts";

const ATTEMPTS = 5;
const BACKOFF_MS = 20;

/**
 * Runs load–decide–write until the facts it decided on still held when it wrote. An attempt answers `"again"` when a
 * condition of its write failed because something it had read has changed meanwhile: the next one decides anew.
 * @throws TableBusy after 5 attempts
 */
export async function untilSettled<Result>(attempt: () => Promise<Result | "again">): Promise<Result> {
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    const result = await attempt();
    if (result !== "again") return result;
    await wait(Math.random() * BACKOFF_MS * 2 ** count);
  }
  throw new TableBusy();
}
