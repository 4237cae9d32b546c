import type { IncomingMessage } from "node:http";
import type { HttpRouteModel, LocalContext } from "../contracts.ts";
import { gatewayTime } from "./gateway-time.ts";
import type { RequestPath } from "./request-path.ts";

export type HttpCall = {
  request: IncomingMessage;
  location: RequestPath;
  route: HttpRouteModel;
  parameters: Record<string, string>;
  claims: Record<string, string> | undefined;
  body: Buffer;
  requestId: string;
};

const textTypes = /^(text\/.+|application\/(.+\+)?(json|xml|javascript|x-javascript|ecmascript))$/;

/** The event of payload format 2.0, field by field as an HTTP API sends it. */
export function httpEvent(call: HttpCall, context: LocalContext): Record<string, unknown> {
  const { request, location, route, parameters, claims, requestId } = call;
  const { headers, cookies } = joinedHeaders(request, context);
  // An HTTP API decodes the path and leaves the query as it came.
  const path = location.segments ? `/${location.segments.join("/")}` : location.path;
  const routeKey = route.path === "$default" ? "$default" : `${route.method} ${route.path}`;
  const host = new URL(context.baseUrl).host;
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: location.query,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(location.query !== "" && { queryStringParameters: queryParameters(location.query) }),
    ...(Object.keys(parameters).length > 0 && { pathParameters: parameters }),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      ...(claims && { authorizer: { jwt: { claims, scopes: null } } }),
      domainName: host,
      domainPrefix: "local",
      http: {
        method: request.method ?? "GET",
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId,
      routeKey,
      stage: "$default",
      time: gatewayTime(context.clock.now()),
      timeEpoch: context.clock.now(),
    },
    ...bodyFields(call.body, request.headers["content-type"]),
  };
}

function joinedHeaders(request: IncomingMessage, context: LocalContext) {
  const joined = new Map<string, string>();
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (name !== "cookie" && values) joined.set(name, values.join(","));
  }
  joined.set("x-forwarded-for", request.socket.remoteAddress ?? "127.0.0.1");
  joined.set("x-forwarded-port", new URL(context.baseUrl).port);
  joined.set("x-forwarded-proto", "http");
  const cookies = (request.headers.cookie ?? "").split(";").map((cookie) => cookie.trim());
  return { headers: Object.fromEntries(joined), cookies: cookies.filter((cookie) => cookie !== "") };
}

function queryParameters(query: string): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(joined);
}

/** Text stays text (broken UTF-8 with replacement characters), everything else, forms included, becomes base64. */
function bodyFields(body: Buffer, contentType: string | undefined): Record<string, unknown> {
  if (body.length === 0) return { isBase64Encoded: false };
  const mediaType = (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const isText = textTypes.test(mediaType);
  return { body: body.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
}
