import type { Context } from "aws-lambda";
import { carryOutSoon } from "../membership/carry-out.ts";
import { logger } from "../shell/logger.ts";
import { closeAllExpired, endAllGuests } from "../table/sweep.ts";
import type { Table } from "../table/table.ts";

/** What is left of the invocation's time when a sweep stops by itself, in milliseconds. */
const SPARE_MS = 10_000;

/** The scheduled sweep: closes the invitations past their date and removes the guests past their end. */
export function sweepHandler(table: Table) {
  return async (_event: unknown, context: Context): Promise<{ closed: number }> => {
    const isTimeLeft = (): boolean => context.getRemainingTimeInMillis() > SPARE_MS;
    const now = Date.now();
    const expired = await closeAllExpired(table, now, isTimeLeft);
    const ended = await endAllGuests(table, now, isTimeLeft);
    await carryOutSoon(table, ended, isTimeLeft);
    const closed = expired + ended.length;
    logger.info("swept", { closed });
    return { closed };
  };
}
