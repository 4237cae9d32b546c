import { logger } from "../../shell/logger.ts";
import { giveStatusBack } from "../../table/call-statuses.ts";
import { placedWrite, settledWrite, startToldWrite } from "../../table/call-writes.ts";
import type { Call } from "../../table/calls.ts";
import type { Table } from "../../table/table.ts";
import { transact } from "../../table/transaction.ts";
import { placeCallMessage, tellInThread } from "./tell-call.ts";

export type PlacedCall = Call & { readonly seq: number };

/** A call whose message has its place; it gets one if whoever started it was cut short. `undefined`: its channel is gone. */
export async function placedCall(table: Table, call: Call): Promise<PlacedCall | undefined> {
  if (call.seq !== undefined) return { ...call, seq: call.seq };
  const seq = await placeCallMessage(table, call);
  if (seq === undefined) return undefined;
  await transact(table, [placedWrite(call, seq)]);
  return { ...call, seq };
}

/**
 * Brings about what follows from a call's start, and from its end: its message, what its thread tells (CALL-3), everybody's
 * own status (CALL-5). Done again, it finds what is done already; what is cut short, the sweep finishes.
 */
export async function settleCall(table: Table, call: Call): Promise<void> {
  const placed = await placedCall(table, call);
  if (placed !== undefined && call.isStartTold !== true) {
    await tellInThread(table, placed, "call-started");
    await transact(table, [startToldWrite(call)]);
  }
  if (call.state !== "ended") return;
  if (placed !== undefined) await tellInThread(table, placed, "call-ended");
  for (const { userId } of call.participants.filter(({ state }) => state === "left")) {
    await giveStatusBack(table, { org: call.organizationId, userId, callId: call.callId }, Date.now());
  }
  await transact(table, [settledWrite(call)]);
}

/** The same behind a request, whose change is done and acknowledged whatever becomes of this. */
export async function settleSoon(table: Table, call: Call): Promise<void> {
  try {
    await settleCall(table, call);
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    logger.warn("call left to the sweep", { callId: call.callId, error: name });
  }
}
