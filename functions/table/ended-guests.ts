import { auditWrite } from "./audit.ts";
import { endGuestWrites } from "./guest-removal.ts";
import { endedGuests, type Guest } from "./guests.ts";
import { type Intent, intentWrite, newIntent } from "./intents.ts";
import type { Table } from "./table.ts";
import { ConditionsFailed, transact } from "./transaction.ts";

/** How many guests one caller ends at most: enough for whoever met the limit to find room. */
const ENDED_AT_ONCE = 25;

/**
 * Removes a guest who is past their end (GINV-10).
 * @returns what is left to carry out: their lines in channels; `undefined` if somebody else was first
 */
export async function endGuest(table: Table, guest: Guest, now: number): Promise<Intent | undefined> {
  const { organizationId: org, userId } = guest;
  const intent = newIntent(org, { kind: "align", userId, join: [], groupIds: [] }, now);
  const origin = { actorId: "system", sourceIp: undefined, now };
  try {
    await transact(table, [
      ...endGuestWrites(guest),
      auditWrite(org, origin, { action: "guest.ended", subjectId: userId }),
      intentWrite(intent),
    ]);
    return intent;
  } catch (error) {
    if (error instanceof ConditionsFailed) return undefined;
    throw error;
  }
}

/**
 * Removes the guests of an organization who are past their end. Called by whoever meets the guests' limit, and before
 * usage is shown, so that no sweep has to have run.
 * @returns what is left to carry out, one for each guest removed
 */
export async function endGuestsOf(table: Table, org: string, now: number): Promise<Intent[]> {
  const intents: Intent[] = [];
  for (const guest of await endedGuests(table, org, { now, limit: ENDED_AT_ONCE })) {
    const intent = await endGuest(table, guest, now);
    if (intent !== undefined) intents.push(intent);
  }
  return intents;
}

/** How many guests are past their end and still counted; an organization's figures leave them out (SEAT-10). */
export async function countEndedGuests(table: Table, org: string, now: number): Promise<number> {
  return (await endedGuests(table, org, { now, limit: 1_000 })).length;
}
