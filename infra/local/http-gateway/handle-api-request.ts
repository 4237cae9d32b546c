import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpRouteModel, LocalContext } from "../contracts.ts";
import { corsHeaders, isPreflight, preflightHeaders } from "./cors.ts";
import { gatewayId } from "./gateway-id.ts";
import { httpEvent } from "./http-event.ts";
import { invokeWithin } from "./invoke-within.ts";
import { type GatewayAnswer, readLambdaAnswer } from "./lambda-answer.ts";
import { readBody } from "./read-body.ts";
import type { RequestPath } from "./request-path.ts";
import type { RouteTable } from "./route-table.ts";
import { verifyToken } from "./verify-token.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
const headerLimitBytes = 10_240;
const payloadLimitBytes = 10 * 1024 * 1024;
/** Lambda's own limit for the event of a synchronous invocation. */
const eventLimitBytes = 6 * 1024 * 1024;
/** A body below this, even with every byte escaped, and headers within their limit make no event of that size. */
const smallBodyBytes = 512 * 1024;

/** One request to the HTTP API: route, authorizer, function, answer, and a line in the log. */
export async function handleApiRequest(
  request: IncomingMessage,
  response: ServerResponse,
  location: RequestPath,
  routes: RouteTable<HttpRouteModel>,
  context: LocalContext,
): Promise<void> {
  const startedAt = performance.now();
  const requestId = gatewayId();
  const { cors } = context.model.httpApi;
  if (cors && isPreflight(request, cors)) {
    const headers = preflightHeaders(request.headers.origin, cors);
    send(response, { status: 204, headers, cookies: [], body: Buffer.alloc(0) }, requestId);
  } else {
    const answer = await answerOf(request, location, routes, requestId, context);
    const ownCors = corsHeaders(request.headers.origin, cors);
    const headers = { ...(cors ? withoutCors(answer.headers) : answer.headers), ...ownCors };
    send(response, { ...answer, headers }, requestId);
  }
  const ms = Math.round(performance.now() - startedAt);
  const text = `${request.method} ${location.path} ${response.statusCode} ${ms} ms`;
  context.log.add({ kind: "event", text });
}

async function answerOf(
  request: IncomingMessage,
  location: RequestPath,
  routes: RouteTable<HttpRouteModel>,
  requestId: string,
  context: LocalContext,
): Promise<GatewayAnswer> {
  if (headerBytes(request) > headerLimitBytes) return refuse(431, "Request Header Fields Too Large");
  if (!location.segments) return refuse(400, "Bad Request");
  const match = routes(request.method ?? "GET", location.segments);
  if (!match) return refuse(404, "Not Found");
  const { route, parameters } = match;
  const authorization = route.isAnonymous
    ? undefined
    : await verifyToken(request.headers.authorization, context);
  if (authorization?.isAllowed === false) {
    return refuse(401, "Unauthorized", { "www-authenticate": authorization.challenge });
  }
  const body = await readBody(request, payloadLimitBytes);
  if (!body) return refuse(413, "Request Entity Too Large");
  const claims = authorization?.claims;
  const event = httpEvent({ request, location, route, parameters, claims, body, requestId }, context);
  if (body.length > smallBodyBytes && Buffer.byteLength(JSON.stringify(event)) > eventLimitBytes) {
    return refuse(413, "Request Entity Too Large");
  }
  const source = `${request.method} ${route.path}`;
  const result = await invokeWithin(context.invoker, route.functionName, event, source);
  if (result === "too-late") return refuse(503, "Service Unavailable");
  if (!result.ok) return refuse(500, "Internal Server Error");
  return readLambdaAnswer(result.payload) ?? refuse(500, "Internal Server Error");
}

function refuse(status: number, message: string, headers: Record<string, string> = {}): GatewayAnswer {
  const body = Buffer.from(JSON.stringify({ message }));
  return { status, headers: { "content-type": "application/json", ...headers }, cookies: [], body };
}

/** With CORS configured, the gateway ignores what the function says about it. */
function withoutCors(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("access-control-")));
}

function headerBytes(request: IncomingMessage): number {
  const line = `${request.method} ${request.url} HTTP/1.1`;
  return Buffer.byteLength(line) + Buffer.byteLength(request.rawHeaders.join(""));
}

function send(response: ServerResponse, answer: GatewayAnswer, requestId: string): void {
  try {
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    if (answer.cookies.length > 0) response.setHeader("set-cookie", answer.cookies);
    response.setHeader("apigw-requestid", requestId);
    response.statusCode = answer.status;
  } catch {
    // A header that HTTP cannot carry, from the function.
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    response.statusCode = 500;
    response.end(JSON.stringify({ message: "Internal Server Error" }));
    return;
  }
  response.end(answer.body);
}
