import type { CallFacts } from "@vestibule/domain/call-course";
import { callChangeWrites, showCallWrite } from "../../table/call-writes.ts";
import type { Call } from "../../table/calls.ts";
import { getMessage } from "../../table/messages.ts";
import { isoTime, type Table } from "../../table/table.ts";
import { ConditionsFailed, TableBusy, transact, type Write } from "../../table/transaction.ts";

type Course = Pick<CallFacts, "state" | "participants">;

/** A call after a change of its course. */
function changed<Some extends Call>(call: Some, { state, participants }: Course, now: number): Some {
  const at = isoTime(now);
  return {
    ...call,
    state,
    participants: [...participants],
    changedAt: at,
    version: call.version + 1,
    ...(state === "ended" ? { endedAt: at } : {}),
  };
}

/**
 * Writes a call's new course, and what its message shows of it, in one transaction with `besides`; `"again"` if something
 * of it was changed meanwhile (CALL-3).
 */
export async function changeCall<Some extends Call>(
  table: Table,
  before: Some,
  { course, now, besides }: { course: Course; now: number; besides: readonly Write[] },
): Promise<Some | "again"> {
  const after = changed(before, course, now);
  const { organizationId, channelId, seq } = before;
  const channel = { organizationId, channelId };
  const message = seq === undefined ? undefined : await getMessage(table, channel, seq);
  const isShown = message !== undefined && message.isDeleted !== true;
  try {
    await transact(table, [
      ...callChangeWrites(before, after, now),
      ...(isShown ? [showCallWrite(after, message.seq, now)] : []),
      ...besides,
    ]);
    return after;
  } catch (error) {
    if (error instanceof ConditionsFailed || error instanceof TableBusy) return "again";
    throw error;
  }
}
