import { reminderDueAt } from "@vestibule/domain/invitations";
import { expiringInvitations } from "../table/expiring-invitations.ts";
import { queueReminder } from "../table/invitation-mail.ts";
import type { Invitation } from "../table/invitations.ts";
import type { Table } from "../table/table.ts";
import { type Tried, untried } from "../table/tried.ts";
import { isStillOpen } from "./is-still-open.ts";

const HOUR_MS = 3_600_000;

/** Who is reminded expires this long from now; six hours are what sweeps may have missed. */
const FROM_MS = 42 * HOUR_MS;
const TO_MS = 48 * HOUR_MS;

function isDue(invitation: Invitation, now: number): boolean {
  const { createdAt, resentAt, endsAt, mail, remindedAt } = invitation;
  if (mail?.state !== "sent" || remindedAt !== undefined) return false;
  const lastSentAt = resentAt ?? Date.parse(createdAt);
  const dueAt = reminderDueAt({ lastSentAt, expiresAt: endsAt });
  return dueAt !== null && dueAt <= now;
}

/**
 * Queues the one mail that reminds an invitee two days before the end: of an invitation that lives five days or more and
 * whose mail was sent (docs/adr/0026), and which is still open to its invitee: one that rests on nobody's rights any more
 * (INV-14) is not.
 * @returns how many it queued
 */
export async function queueReminders(
  table: Table,
  now: number,
  isTimeLeft: () => boolean,
  tried: Tried = untried,
): Promise<number> {
  let queued = 0;
  const remind = async (invitation: Invitation): Promise<boolean> =>
    (await isStillOpen(table, invitation, now)) && (await queueReminder(table, invitation, now));
  if (!isTimeLeft()) return queued;
  for await (const page of expiringInvitations(table, { from: now + FROM_MS, to: now + TO_MS })) {
    for (const invitation of page.filter((one) => isDue(one, now))) {
      if (!isTimeLeft()) return queued;
      if (await tried(() => remind(invitation), false)) queued += 1;
    }
  }
  return queued;
}
