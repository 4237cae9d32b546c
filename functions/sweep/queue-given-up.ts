import { expiringInvitations } from "../table/expiring-invitations.ts";
import { isGivenUp, queueAgain } from "../table/invitation-mail.ts";
import type { Table } from "../table/table.ts";
import { type Tried, untried } from "../table/tried.ts";

const DAY_MS = 86_400_000;

/** How often a sweep runs. */
const TURN_MS = 5 * 60_000;

/**
 * Days of expiry that are looked at in turn: today and the 30 that follow, which no invitation outlives (INV-2). A prime,
 * so that a rarer sweep comes to every one of them too.
 */
const DAYS = 31;

/** The first moment of the day of expiry whose turn it is: every day comes up once in 155 minutes. */
function dayInTurn(now: number): number {
  const today = Math.floor(now / DAY_MS);
  const turn = Math.floor(now / TURN_MS);
  const ahead = (((turn - today) % DAYS) + DAYS) % DAYS;
  return (today + ahead) * DAY_MS;
}

/**
 * Queues the mails again that the stream gave up (INV-12): after an hour of tries a mail would stay `queued` for good.
 * Each sweep looks at one day of expiry (docs/adr/0026).
 * @returns how many it queued
 */
export async function queueGivenUp(
  table: Table,
  now: number,
  isTimeLeft: () => boolean,
  tried: Tried = untried,
): Promise<number> {
  let queued = 0;
  if (!isTimeLeft()) return queued;
  const from = dayInTurn(now);
  for await (const page of expiringInvitations(table, { from, to: from + DAY_MS - 1 })) {
    for (const invitation of page) {
      if (!isTimeLeft()) return queued;
      if (!isGivenUp(invitation, now)) continue;
      if (await tried(() => queueAgain(table, invitation, now), false)) queued += 1;
    }
  }
  return queued;
}
