import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import * as z from "zod";
import type { LocalContext } from "../contracts.ts";
import { gatewayId } from "../http-gateway/gateway-id.ts";
import { invokeWithin } from "../http-gateway/invoke-within.ts";
import { requestPath } from "../http-gateway/request-path.ts";
import { authorizeHandshake } from "./authorize.ts";
import type { Peer } from "./connection.ts";
import { refuseHandshake } from "./refuse-handshake.ts";
import { handshakeEvent } from "./socket-event.ts";

const connectAnswerSchema = z.object({ statusCode: z.coerce.number().int() });

/**
 * Everything before the handshake is answered: path, authorizer, `$connect`. Answers who may now be connected; whoever
 * may not has been told, and `undefined` comes back.
 */
export async function openConnection(
  request: IncomingMessage,
  socket: Duplex,
  context: LocalContext,
): Promise<Peer | undefined> {
  const peer: Peer = {
    connectionId: gatewayId(),
    connectedAt: context.clock.now(),
    sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
    userAgent: request.headers["user-agent"] ?? "",
    host: request.headers.host ?? "",
  };
  const refuse = (status: number, message: string): undefined => {
    const { connectionId } = peer;
    refuseHandshake(socket, status, { message, connectionId, requestId: gatewayId() });
    context.log.add({ kind: "event", text: `socket refused ${status} ${message}` });
  };
  const problem = handshakeProblem(request, context);
  if (problem) return refuse(problem.status, problem.message);

  const { authorizerFunctionName, routes } = context.model.socketApi;
  if (authorizerFunctionName) {
    const decision = await authorizeHandshake(request, handshakeEvent(request, peer, context), context);
    if (!decision.isAllowed) return refuse(decision.status, decision.message);
    peer.authorizer = decision.authorizer;
  }
  const route = routes["$connect"];
  if (route?.integration === "lambda") {
    const event = { ...handshakeEvent(request, peer, context), isBase64Encoded: false };
    const result = await invokeWithin(context.invoker, route.functionName, event, "socket $connect");
    if (result === "too-late" || !result.ok) return refuse(502, "Internal server error");
    const answer = connectAnswerSchema.safeParse(result.payload);
    if (!answer.success) return refuse(502, "Internal server error");
    const { statusCode } = answer.data;
    if (statusCode < 200 || statusCode > 299) return refuse(statusCode, "Connection refused");
  }
  return peer;
}

/** Checked before any function is called, as the gateway does: a broken handshake must not look like a connection. */
function handshakeProblem(
  request: IncomingMessage,
  context: LocalContext,
): { status: number; message: string } | undefined {
  const { path } = requestPath(request);
  if (path.replace(/\/$/, "") !== `/${context.model.socketApi.stage}`) {
    return { status: 403, message: "Forbidden" };
  }
  const { upgrade, "sec-websocket-key": key, "sec-websocket-version": version } = request.headers;
  const isHandshake =
    request.method === "GET" &&
    upgrade?.toLowerCase() === "websocket" &&
    /^[+/0-9A-Za-z]{22}==$/.test(key ?? "") &&
    version === "13";
  return isHandshake ? undefined : { status: 400, message: "Bad Request" };
}
