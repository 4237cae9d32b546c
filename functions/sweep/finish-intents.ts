import { carryOut } from "../membership/carry-out.ts";
import { OutOfTime } from "../membership/time-left.ts";
import { logger } from "../shell/logger.ts";
import { type Intent, postpone, unfinishedIntents } from "../table/intents.ts";
import type { Table } from "../table/table.ts";
import { type Tried, untried } from "../table/tried.ts";

/** Younger ones are being carried out by the request that wrote them. */
const AGE_MS = 60_000;

/** What could not be carried out for so long will not by itself: whoever runs the system has to know. */
const STUCK_MS = 60 * 60_000;

/** Intents that one sweep takes up; the next goes on. */
const AT_ONCE = 200;

/**
 * Carries out what requests were cut short in: a group's people into a channel, somebody removed out of theirs, a
 * message of the system. What fails again is logged and waits behind all others for its next turn; after an
 * hour, and at once where it cannot be read, it is a fault.
 * @returns how many were taken up
 */
export async function finishIntents(
  table: Table,
  now: number,
  isTimeLeft: () => boolean,
  tried: Tried = untried,
): Promise<number> {
  if (!isTimeLeft()) return 0;
  const { intents, unreadable } = await unfinishedIntents(table, { upTo: now - AGE_MS, limit: AT_ONCE });
  let taken = 0;
  for (const intent of intents) {
    if (!isTimeLeft()) break;
    await tried(() => finish(table, intent, now, isTimeLeft), undefined);
    taken += 1;
  }
  if (unreadable > 0)
    await tried(() => Promise.reject(new Error(`intents that cannot be read: ${unreadable}`)), {});
  return taken;
}

async function finish(table: Table, intent: Intent, now: number, isTimeLeft: () => boolean): Promise<void> {
  try {
    await carryOut(table, intent, isTimeLeft);
  } catch (error) {
    const { intentId, facts, startedAt } = intent;
    const name = error instanceof Error ? error.name : typeof error;
    logger.warn("intent left to the next sweep", { intentId, kind: facts.kind, error: name });
    // What time did not suffice for was got on with, and goes on first.
    if (error instanceof OutOfTime) return;
    await postpone(table, intent, now);
    if (Date.parse(startedAt) <= now - STUCK_MS) throw error;
  }
}
