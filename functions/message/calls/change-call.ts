import type { CallFacts } from "@vestibule/domain/call-course";
import { callChangeWrites, showCallWrite } from "../../table/calls.ts";
import { getMessage } from "../../table/messages.ts";
import { isoTime, type Table } from "../../table/table.ts";
import { ConditionsFailed, TableBusy, transact, type Write } from "../../table/transaction.ts";
import type { PlacedCall } from "./settle-call.ts";

type Course = Pick<CallFacts, "state" | "participants">;

/** A call after a change of its course. */
function changed(call: PlacedCall, { state, participants }: Course, now: number): PlacedCall {
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
export async function changeCall(
  table: Table,
  before: PlacedCall,
  { course, now, besides }: { course: Course; now: number; besides: readonly Write[] },
): Promise<PlacedCall | "again"> {
  const after = changed(before, course, now);
  const { organizationId, channelId, seq } = before;
  const message = await getMessage(table, { organizationId, channelId }, seq);
  const isShown = message !== undefined && message.isDeleted !== true;
  try {
    await transact(table, [
      ...callChangeWrites(before, after, now),
      ...(isShown ? [showCallWrite(after, seq, now)] : []),
      ...besides,
    ]);
    return after;
  } catch (error) {
    if (error instanceof ConditionsFailed || error instanceof TableBusy) return "again";
    throw error;
  }
}
