import type { Context } from "aws-lambda";
import { carryOutSoon } from "../membership/carry-out.ts";
import { logger } from "../shell/logger.ts";
import { closeAllExpired, endAllGuests } from "../table/sweep.ts";
import type { Table } from "../table/table.ts";
import type { Tried } from "../table/tried.ts";
import { deleteOldMessages } from "./delete-old-messages.ts";
import { endCalls } from "./end-calls.ts";
import { finishIntents } from "./finish-intents.ts";
import { queueGivenUp } from "./queue-given-up.ts";
import { queueNotices } from "./queue-notices.ts";
import { queueReminders } from "./queue-reminders.ts";

/** What is left of the invocation's time when a sweep stops by itself, in milliseconds. */
const SPARE_MS = 10_000;

/** Faults of one sweep that are told one by one; where the table is away there are as many as pieces of work. */
const MOST_TOLD = 20;

/** What a sweep did: closed and finished, calls that it ended, mails that it queued, and old messages that it deleted. */
type Swept = {
  closed: number;
  finished: number;
  calls: number;
  reminded: number;
  requeued: number;
  deleted: number;
};

/**
 * The scheduled sweep: closes the invitations past their date, removes the guests past their end, carries out what
 * requests were cut short in, ends the calls that everybody forgot, queues reminders and the mails that were given up, and
 * deletes the messages that are past their plan's time. Each is done whatever becomes of the others.
 * @throws AggregateError of what went wrong, so that it is seen
 */
export function sweepHandler(table: Table) {
  return async (_event: unknown, context: Context): Promise<Swept> => {
    const isTimeLeft = (): boolean => context.getRemainingTimeInMillis() > SPARE_MS;
    const now = Date.now();
    const faults: unknown[] = [];
    const tried: Tried = async (work, otherwise) => {
      try {
        return await work();
      } catch (error) {
        faults.push(error);
        // The error that is thrown in the end is logged without those that it is made of.
        if (faults.length <= MOST_TOLD) logger.error("part of the sweep failed", { error });
        return otherwise;
      }
    };
    const expired = await tried(() => closeAllExpired(table, now, isTimeLeft, tried), 0);
    const ended = await tried(() => endGuests(table, now, isTimeLeft, tried), 0);
    const finished = await tried(() => finishIntents(table, now, isTimeLeft, tried), 0);
    const calls = await tried(() => endCalls(table, now, isTimeLeft, tried), 0);
    const reminded = await tried(() => queueReminders(table, now, isTimeLeft, tried), 0);
    const mails = await tried(() => queueGivenUp(table, now, isTimeLeft, tried), 0);
    const notices = await tried(() => queueNotices(table, now, isTimeLeft, tried), 0);
    // Last, because it may take all the time there is.
    const deleted = await tried(() => deleteOldMessages(table, now, isTimeLeft, tried), 0);
    const swept: Swept = {
      closed: expired + ended,
      finished,
      calls,
      reminded,
      requeued: mails + notices,
      deleted,
    };
    logger.info("swept", { ...swept });
    if (faults.length > 0) throw new AggregateError(faults, "The sweep did not do all it should.");
    return swept;
  };
}

async function endGuests(
  table: Table,
  now: number,
  isTimeLeft: () => boolean,
  tried: Tried,
): Promise<number> {
  const ended = await endAllGuests(table, now, isTimeLeft, tried);
  await carryOutSoon(table, ended, isTimeLeft);
  return ended.length;
}
