import type { Context } from "aws-lambda";
import { logger } from "../shell/logger.ts";
import { closeAllExpired } from "../table/sweep.ts";
import type { Table } from "../table/table.ts";

/** What is left of the invocation's time when a sweep stops by itself, in milliseconds. */
const SPARE_MS = 10_000;

/** The scheduled sweep: closes what is past its date. */
export function sweepHandler(table: Table) {
  return async (_event: unknown, context: Context): Promise<{ closed: number }> => {
    const isTimeLeft = (): boolean => context.getRemainingTimeInMillis() > SPARE_MS;
    const closed = await closeAllExpired(table, Date.now(), isTimeLeft);
    logger.info("swept", { closed });
    return { closed };
  };
}
