import { logger } from "../shell/logger.ts";
import type { Intent } from "../table/intents.ts";
import type { Table } from "../table/table.ts";
import { announce } from "./announce.ts";
import { type TimeLeft, timeOf } from "./time-left.ts";

/** How long a request works on its intents, in milliseconds; what is left then, the sweep carries out. */
const SOON_MS = 5_000;

/**
 * Brings about what a change still has to, and strikes it off. Done again from the start, it finds what is done already
 * and does the rest.
 */
export async function carryOut(
  table: Table,
  intent: Intent,
  isTimeLeft: TimeLeft = () => true,
): Promise<void> {
  const { facts } = intent;
  switch (facts.kind) {
    case "announce":
    case "announce-in-all":
      return await announce(table, intent, facts);
    default:
      throw new Error(`${facts.kind} cannot be carried out, with time left: ${isTimeLeft()}`);
  }
}

/**
 * Carries out what a request has just written. It never fails: the change itself is done and acknowledged, and the sweep
 * finishes what is cut short here.
 */
export async function carryOutSoon(
  table: Table,
  intents: readonly Intent[],
  isTimeLeft: TimeLeft = timeOf(SOON_MS),
): Promise<void> {
  for (const intent of intents) {
    try {
      await carryOut(table, intent, isTimeLeft);
    } catch (error) {
      const { intentId, facts } = intent;
      const name = error instanceof Error ? error.name : typeof error;
      logger.warn("intent left to the sweep", { intentId, kind: facts.kind, error: name });
    }
  }
}
