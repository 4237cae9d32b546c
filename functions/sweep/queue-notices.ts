import { noticesGivenUp, queueNoticeAgain } from "../table/notices.ts";
import type { Table } from "../table/table.ts";
import { type Tried, untried } from "../table/tried.ts";

/**
 * Queues the notices again that the stream gave up (ORG-11): after an hour of tries one would stay `queued` until it is no
 * news any more.
 * @returns how many it queued
 */
export async function queueNotices(
  table: Table,
  now: number,
  isTimeLeft: () => boolean,
  tried: Tried = untried,
): Promise<number> {
  let queued = 0;
  if (!isTimeLeft()) return queued;
  for (const notice of await noticesGivenUp(table, now)) {
    if (!isTimeLeft()) return queued;
    if (await tried(() => queueNoticeAgain(table, notice, now), false)) queued += 1;
  }
  return queued;
}
