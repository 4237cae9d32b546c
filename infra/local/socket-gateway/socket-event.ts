import type { IncomingMessage } from "node:http";
import type { LocalContext } from "../contracts.ts";
import { gatewayId } from "../http-gateway/gateway-id.ts";
import { gatewayTime } from "../http-gateway/gateway-time.ts";
import { requestPath } from "../http-gateway/request-path.ts";
import type { Peer } from "./connection.ts";

type EventType = "CONNECT" | "MESSAGE" | "DISCONNECT";

const apiId = "local";

/** The part that every WebSocket event has. */
export function socketRequestContext(
  routeKey: string,
  eventType: EventType,
  peer: Peer,
  requestId: string,
  context: LocalContext,
): Record<string, unknown> {
  const nowMs = context.clock.now();
  return {
    routeKey,
    ...(peer.authorizer && { authorizer: peer.authorizer }),
    eventType,
    extendedRequestId: requestId,
    requestTime: gatewayTime(nowMs),
    messageDirection: "IN",
    stage: context.model.socketApi.stage,
    connectedAt: peer.connectedAt,
    requestTimeEpoch: nowMs,
    identity: { userAgent: peer.userAgent, sourceIp: peer.sourceIp },
    requestId,
    domainName: new URL(context.baseUrl).host,
    connectionId: peer.connectionId,
    apiId,
  };
}

/** What a client's handshake says, as both the authorizer and `$connect` get it. */
export function handshakeEvent(
  request: IncomingMessage,
  peer: Peer,
  context: LocalContext,
): Record<string, unknown> {
  const query = [...new URLSearchParams(requestPath(request).query)];
  const hasQuery = query.length > 0;
  return {
    ...headerFields(request),
    ...(hasQuery && { queryStringParameters: Object.fromEntries(query) }),
    ...(hasQuery && { multiValueQueryStringParameters: groupValues(query) }),
    requestContext: socketRequestContext("$connect", "CONNECT", peer, gatewayId(), context),
  };
}

/** The authorizer's event adds what it decides about. */
export function authorizerEvent(
  handshake: Record<string, unknown>,
  context: LocalContext,
): Record<string, unknown> {
  return { type: "REQUEST", methodArn: connectArn(context), stageVariables: {}, ...handshake };
}

/** What an authorizer's policy must allow. */
export function connectArn(context: LocalContext): string {
  return `arn:aws:execute-api:local:000000000000:${apiId}/${context.model.socketApi.stage}/$connect`;
}

/** Names keep the client's spelling here, unlike in HTTP APIs. */
function headerFields(request: IncomingMessage) {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    pairs.push([request.rawHeaders[index] ?? "", request.rawHeaders[index + 1] ?? ""]);
  }
  pairs.push(["X-Forwarded-For", request.socket.remoteAddress ?? "127.0.0.1"], ["X-Forwarded-Proto", "http"]);
  return { headers: Object.fromEntries(pairs), multiValueHeaders: groupValues(pairs) };
}

function groupValues(pairs: [string, string][]): Record<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return Object.fromEntries(groups);
}
