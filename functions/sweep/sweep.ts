import type { Context } from "aws-lambda";
import { carryOutSoon } from "../membership/carry-out.ts";
import { logger } from "../shell/logger.ts";
import { closeAllExpired, endAllGuests } from "../table/sweep.ts";
import type { Table } from "../table/table.ts";
import { finishIntents } from "./finish-intents.ts";

/** What is left of the invocation's time when a sweep stops by itself, in milliseconds. */
const SPARE_MS = 10_000;

/**
 * The scheduled sweep: closes the invitations past their date, removes the guests past their end, and carries out what
 * requests were cut short in.
 */
export function sweepHandler(table: Table) {
  return async (_event: unknown, context: Context): Promise<{ closed: number; finished: number }> => {
    const isTimeLeft = (): boolean => context.getRemainingTimeInMillis() > SPARE_MS;
    const now = Date.now();
    const expired = await closeAllExpired(table, now, isTimeLeft);
    const ended = await endAllGuests(table, now, isTimeLeft);
    await carryOutSoon(table, ended, isTimeLeft);
    const closed = expired + ended.length;
    const finished = await finishIntents(table, now, isTimeLeft);
    logger.info("swept", { closed, finished });
    return { closed, finished };
  };
}
