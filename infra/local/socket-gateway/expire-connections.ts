import type { LocalContext } from "../contracts.ts";
import { connectionsOf } from "./connection.ts";
import { closeConnection } from "./end-connection.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
const idleLimitMs = 10 * 60 * 1000;
const lifetimeMs = 2 * 60 * 60 * 1000;

/** Closes who has been silent for ten minutes or connected for two hours, by the stack's clock. */
export function expireConnections(context: LocalContext): void {
  const nowMs = context.clock.now();
  for (const connection of [...connectionsOf(context).values()]) {
    const isIdle = nowMs - connection.lastActiveAt >= idleLimitMs;
    const isOld = nowMs - connection.peer.connectedAt >= lifetimeMs;
    if (isIdle || isOld) closeConnection(connection, 1001, "Going away", context);
  }
}
