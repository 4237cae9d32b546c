import { enteredCall, leftCall, type Status } from "@vestibule/domain/status";
import { keys } from "./keys.ts";
import { getStatus, type StoredStatus } from "./statuses.ts";
import { isoTime, type Table } from "./table.ts";
import { ConditionsFailed, TableBusy, transact, type Write } from "./transaction.ts";

/** Somebody and a call that they come into, or leave. */
export type InCall = { readonly org: string; readonly userId: string; readonly callId: string };

/** The calls somebody is in, if their status is still as it was read (label `status`); what they set of it stays as it is. */
function callIdsWrite(
  { org, userId }: InCall,
  stored: StoredStatus | undefined,
  after: Status,
  now: number,
): Write {
  const key = keys.status(org, userId);
  const changedAt = isoTime(now);
  if (stored === undefined) {
    return {
      label: "status",
      put: { ...key, callIds: after.callIds, changedAt, version: 1 },
      condition: "attribute_not_exists(pk)",
    };
  }
  const { callIds } = after;
  return {
    label: "status",
    update: key,
    expression: `SET changedAt = :at, version = :next${callIds === undefined ? " REMOVE callIds" : ", callIds = :calls"}`,
    condition: "version = :was",
    values: {
      ":at": changedAt,
      ":next": stored.version + 1,
      ":was": stored.version,
      ...(callIds === undefined ? {} : { ":calls": callIds }),
    },
  };
}

/** CALL-5: the call's emoji becomes somebody's custom status; nothing to write if it is already. */
export async function enterCallWrites(table: Table, who: InCall, now: number): Promise<Write[]> {
  const stored = await getStatus(table, who.org, who.userId);
  if (stored?.callIds?.includes(who.callId) === true) return [];
  return [callIdsWrite(who, stored, enteredCall(stored ?? {}, who.callId), now)];
}

/** CALL-5: their former status is theirs again; nothing to write if they are not in the call by their status. */
export async function leaveCallWrites(table: Table, who: InCall, now: number): Promise<Write[]> {
  const stored = await getStatus(table, who.org, who.userId);
  if (stored?.callIds?.includes(who.callId) !== true) return [];
  return [callIdsWrite(who, stored, leftCall(stored, who.callId), now)];
}

const ATTEMPTS = 5;

/** The same by itself, for somebody whom the end of the call took out. @throws TableBusy */
export async function giveStatusBack(table: Table, who: InCall, now: number): Promise<void> {
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    const writes = await leaveCallWrites(table, who, now);
    if (writes.length === 0) return;
    try {
      return await transact(table, writes);
    } catch (error) {
      if (!(error instanceof ConditionsFailed)) throw error;
    }
  }
  throw new TableBusy();
}
