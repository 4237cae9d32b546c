import type { LocalContext } from "../contracts.ts";
import { gatewayId } from "../http-gateway/gateway-id.ts";
import { type Connection, connectionsOf } from "./connection.ts";
import { socketRequestContext } from "./socket-event.ts";

/** How long a client has to answer a close frame before the line is cut. */
const closeGraceMs = 1000;

/** Takes a connection off the books, once, and tells the `$disconnect` route why it ended. */
export function endConnection(
  connection: Connection,
  statusCode: number,
  reason: string,
  context: LocalContext,
): void {
  if (connection.isOver) return;
  connection.isOver = true;
  const { peer } = connection;
  connectionsOf(context).delete(peer.connectionId);
  context.log.add({
    kind: "event",
    text: `socket closed ${peer.connectionId} ${statusCode} ${reason}`.trimEnd(),
  });
  const route = context.model.socketApi.routes["$disconnect"];
  if (route?.integration !== "lambda") return;
  const requestContext = socketRequestContext("$disconnect", "DISCONNECT", peer, gatewayId(), context);
  const event = {
    headers: { Host: peer.host, "x-api-key": "", "X-Forwarded-For": "", "x-restapi": "" },
    multiValueHeaders: { Host: [peer.host], "x-api-key": [""], "X-Forwarded-For": [""], "x-restapi": [""] },
    requestContext: { ...requestContext, disconnectStatusCode: statusCode, disconnectReason: reason },
    isBase64Encoded: false,
  };
  // Best effort there as here: nobody waits for it, and nobody hears of its failure.
  context.invoker.invoke(route.functionName, event, "socket $disconnect").catch(() => undefined);
}

/** Closes from the gateway's side: what was sent before still arrives, what comes after is not heard. */
export function closeConnection(
  connection: Connection,
  statusCode: number,
  reason: string,
  context: LocalContext,
): void {
  endConnection(connection, statusCode, reason, context);
  connection.socket.close(statusCode, reason);
  setTimeout(() => connection.socket.terminate(), closeGraceMs).unref();
}
