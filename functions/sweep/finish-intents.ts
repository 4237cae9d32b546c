import { carryOutSoon } from "../membership/carry-out.ts";
import { unfinishedIntents } from "../table/intents.ts";
import type { Table } from "../table/table.ts";

/** Younger ones are being carried out by the request that wrote them. */
const AGE_MS = 60_000;

/** Intents that one sweep takes up; the next goes on. */
const AT_ONCE = 200;

/**
 * Carries out what requests were cut short in: a group's people into a channel, somebody removed out of theirs, a
 * message of the system. What fails again is logged and left to the next sweep.
 * @returns how many were taken up
 */
export async function finishIntents(table: Table, now: number, isTimeLeft: () => boolean): Promise<number> {
  if (!isTimeLeft()) return 0;
  const intents = await unfinishedIntents(table, { upTo: now - AGE_MS, limit: AT_ONCE });
  let taken = 0;
  for (const intent of intents) {
    if (!isTimeLeft()) break;
    await carryOutSoon(table, [intent], isTimeLeft);
    taken += 1;
  }
  return taken;
}
