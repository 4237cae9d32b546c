import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultEffect, LocalContext } from "../contracts.ts";
import { answerJson } from "../http-gateway/answer.ts";
import { gatewayId } from "../http-gateway/gateway-id.ts";
import { readBody } from "../http-gateway/read-body.ts";
import { callerOf } from "../runtime/caller.ts";
import { type Connection, connectionsOf } from "./connection.ts";
import { deliverWithFault } from "./connections-fault.ts";
import { closeConnection } from "./end-connection.ts";

const payloadLimitBytes = 128 * 1024;
const operations: Record<string, string> = {
  POST: "PostToConnection",
  GET: "GetConnection",
  DELETE: "DeleteConnection",
};

/** One call to `@connections`, as `ApiGatewayManagementApi` makes it. */
export async function handleConnectionsCall(
  request: IncomingMessage,
  response: ServerResponse,
  context: LocalContext,
  parameters: Record<string, string>,
): Promise<void> {
  const body = await readBody(request, payloadLimitBytes);
  const { authorization } = request.headers;
  if (!authorization?.startsWith("AWS4-HMAC-SHA256 ")) {
    return fail(response, 403, "MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  if (parameters["stage"] !== context.model.socketApi.stage) {
    return fail(response, 403, "ForbiddenException", "Forbidden");
  }
  const connection = connectionsOf(context).get(parameters["connectionId"] ?? "");
  const attributes = {
    function: callerOf(authorization)?.functionName ?? "",
    operation: operations[request.method ?? ""] ?? "",
    connectionId: parameters["connectionId"] ?? "",
    userId: connection?.peer.authorizer?.["userId"] ?? connection?.peer.authorizer?.["principalId"] ?? "",
  };
  const content = () => connection?.peer.authorizer?.["organizationId"] ?? "";
  const fault = context.faults.decide("connections", attributes, content);
  if (fault?.effect === "kill") {
    context.invoker.kill(callerOf(authorization)?.accessKeyId ?? "");
    response.destroy();
    return;
  }
  if (fault?.effect === "throttle") return fail(response, 429, "LimitExceededException", "Too Many Requests");
  if (fault?.effect === "error") return internalError(response);
  if (!body) return fail(response, 413, "PayloadTooLargeException", "Payload too large");
  if (!connection) return fail(response, 410, "GoneException", "Gone");
  await act(request.method, connection, body, fault, response, context);
}

async function act(
  method: string | undefined,
  connection: Connection,
  body: Buffer,
  fault: FaultEffect | undefined,
  response: ServerResponse,
  context: LocalContext,
): Promise<void> {
  const { peer } = connection;
  if (method === "GET") {
    return answerJson(response, 200, {
      connectedAt: new Date(peer.connectedAt).toISOString(),
      identity: { sourceIp: peer.sourceIp, userAgent: peer.userAgent },
      lastActiveAt: new Date(connection.lastActiveAt).toISOString(),
    });
  }
  if (method === "DELETE") {
    closeConnection(connection, 1000, "Connection Closed Normally", context);
    response.writeHead(204).end();
    return;
  }
  const isDelivered = await deliverWithFault(connection, body, fault, context);
  if (!isDelivered) return fail(response, 410, "GoneException", "Gone");
  if (fault?.effect === "error-after") return internalError(response);
  answerJson(response, 200, {});
}

function internalError(response: ServerResponse): void {
  fail(response, 500, "InternalServerErrorException", "Internal server error");
}

function fail(response: ServerResponse, status: number, errorType: string, message: string): void {
  answerJson(response, status, { message, requestId: gatewayId() }, { "x-amzn-errortype": errorType });
}
