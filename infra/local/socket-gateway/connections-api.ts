import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultEffect, LocalContext } from "../contracts.ts";
import { gatewayId } from "../http-gateway/gateway-id.ts";
import { readBody } from "../http-gateway/read-body.ts";
import { callerOf } from "../runtime/caller.ts";
import type { WiredAnswer, WiredCall } from "../runtime/worker-wire.ts";
import { type Connection, connectionsOf } from "./connection.ts";
import { deliverWithFault } from "./connections-fault.ts";
import { closeConnection } from "./end-connection.ts";

const payloadLimitBytes = 128 * 1024;
const operations: Record<string, string> = {
  POST: "PostToConnection",
  GET: "GetConnection",
  DELETE: "DeleteConnection",
};

type Call = Pick<WiredCall, "method" | "authorization"> & {
  stage: string;
  connectionId: string;
  /** Absent: longer than the limit. */
  body: Buffer | undefined;
};

/** One call to `@connections` over the network, as `ApiGatewayManagementApi` makes it. */
export async function handleConnectionsCall(
  request: IncomingMessage,
  response: ServerResponse,
  context: LocalContext,
  { stage = "", connectionId = "" }: Record<string, string>,
): Promise<void> {
  const body = await readBody(request, payloadLimitBytes);
  const { method = "", headers } = request;
  const { authorization } = headers;
  const answer = await answerCall({ method, authorization, stage, connectionId, body }, context);
  if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
  else response.destroy();
}

/** One call to `@connections` as a worker makes it; `undefined`: the worker was killed over it. */
export async function answerConnectionsCall(
  { path, method, authorization, body }: WiredCall,
  context: LocalContext,
): Promise<WiredAnswer | undefined> {
  const [, , stage = "", , connectionId = ""] = path.split("/").map(decodeURIComponent);
  const fitting = body.length > payloadLimitBytes ? undefined : body;
  return await answerCall({ method, authorization, stage, connectionId, body: fitting }, context);
}

async function answerCall(call: Call, context: LocalContext): Promise<WiredAnswer | undefined> {
  const { method, authorization, stage, connectionId, body } = call;
  if (!authorization?.startsWith("AWS4-HMAC-SHA256 ")) {
    return failure(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  if (stage !== context.model.socketApi.stage) return failure(403, "ForbiddenException", "Forbidden");
  const connection = connectionsOf(context).get(connectionId);
  const attributes = {
    function: callerOf(authorization)?.functionName ?? "",
    operation: operations[method] ?? "",
    connectionId,
    userId: connection?.peer.authorizer?.["userId"] ?? connection?.peer.authorizer?.["principalId"] ?? "",
  };
  const content = () => connection?.peer.authorizer?.["organizationId"] ?? "";
  const fault = context.faults.decide("connections", attributes, content);
  if (fault?.effect === "kill") {
    context.invoker.kill(callerOf(authorization)?.accessKeyId ?? "");
    return undefined;
  }
  if (fault?.effect === "throttle") return failure(429, "LimitExceededException", "Too Many Requests");
  if (fault?.effect === "error") return internalError();
  if (!body) return failure(413, "PayloadTooLargeException", "Payload too large");
  if (!connection) return gone();
  return await act(method, connection, body, fault, context);
}

async function act(
  method: string,
  connection: Connection,
  body: Buffer,
  fault: FaultEffect | undefined,
  context: LocalContext,
): Promise<WiredAnswer> {
  const { peer } = connection;
  if (method === "GET") {
    return json(200, {
      connectedAt: new Date(peer.connectedAt).toISOString(),
      identity: { sourceIp: peer.sourceIp, userAgent: peer.userAgent },
      lastActiveAt: new Date(connection.lastActiveAt).toISOString(),
    });
  }
  if (method === "DELETE") {
    closeConnection(connection, 1000, "Connection Closed Normally", context);
    return { status: 204, headers: {}, body: Buffer.alloc(0) };
  }
  if (!(await deliverWithFault(connection, body, fault, context))) return gone();
  return fault?.effect === "error-after" ? internalError() : json(200, {});
}

const internalError = () => failure(500, "InternalServerErrorException", "Internal server error");
const gone = () => failure(410, "GoneException", "Gone");

function failure(status: number, errorType: string, message: string): WiredAnswer {
  return json(status, { message, requestId: gatewayId() }, { "x-amzn-errortype": errorType });
}

function json(status: number, body: object, headers: Record<string, string> = {}): WiredAnswer {
  const common = { "content-type": "application/json", "cache-control": "no-store" };
  return { status, headers: { ...common, ...headers }, body: Buffer.from(JSON.stringify(body)) };
}
