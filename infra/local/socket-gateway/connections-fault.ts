import { setTimeout as sleep } from "node:timers/promises";
import type { FaultEffect, LocalContext } from "../contracts.ts";
import type { Connection } from "./connection.ts";
import { sendFrame } from "./send-frame.ts";

/** A frame kept back goes at last on its own when no other one passes it. */
const longestHoldMs = 250;

/** Delivers a frame as the fault has it: not at all, twice, late, after the next one, or simply. */
export async function deliverWithFault(
  connection: Connection,
  data: Buffer,
  fault: FaultEffect | undefined,
  context: LocalContext,
): Promise<boolean> {
  if (fault?.effect === "drop") return true;
  if (fault?.effect === "reorder") {
    connection.held.push(data);
    setTimeout(() => {
      releaseHeld(connection, context).catch(() => undefined);
    }, longestHoldMs).unref();
    return true;
  }
  if (fault?.effect === "delay") await sleep(fault.delayMs);
  const isDelivered = await sendFrame(connection, data, context);
  if (fault?.effect === "duplicate") await sendFrame(connection, data, context);
  await releaseHeld(connection, context);
  return isDelivered;
}

async function releaseHeld(connection: Connection, context: LocalContext): Promise<void> {
  for (const data of connection.held.splice(0)) await sendFrame(connection, data, context);
}
