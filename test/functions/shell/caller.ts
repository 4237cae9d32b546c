import type { APIGatewayProxyEventV2WithJWTAuthorizer, Context } from "aws-lambda";
import { httpHandler } from "../../../functions/shell/http-handler.ts";
import { userIdOf } from "../../../functions/shell/ids.ts";
import { logger } from "../../../functions/shell/logger.ts";
import type { Implementation } from "../../../functions/shell/route.ts";
import type { IdempotencyStore } from "../../../functions/table/idempotency.ts";

// What these tests provoke is meant; nobody has to read about it.
logger.setLogLevel("SILENT");

const ISSUER = "https://issuer.example.com";

export type TestPerson = { readonly userId: string; readonly claims: Record<string, string> };

/** Somebody with a verified token; the same email is the same person. */
export function personWith(email: string, claims: Record<string, string> = {}): TestPerson {
  return {
    userId: userIdOf(ISSUER, email.toLowerCase()),
    claims: { iss: ISSUER, sub: email.toLowerCase(), email, email_verified: "true", ...claims },
  };
}

export type Call = {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly as?: TestPerson;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly raw?: string;
  readonly isBase64Encoded?: boolean;
};

export type Answered = {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into an answer of any route.
  readonly body: any;
};

const context = { awsRequestId: "lambda-request", getRemainingTimeInMillis: () => 10_000 } as Context;

function eventOf(routeKey: string, call: Call): APIGatewayProxyEventV2WithJWTAuthorizer {
  const [method = "", path = ""] = routeKey.split(" ");
  const body = call.raw ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
  return {
    version: "2.0",
    routeKey,
    rawPath: path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => call.params?.[name] ?? ""),
    rawQueryString: "",
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...call.headers },
    ...(call.params === undefined ? {} : { pathParameters: call.params }),
    ...(call.query === undefined ? {} : { queryStringParameters: call.query }),
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: call.isBase64Encoded ?? false,
    requestContext: {
      requestId: "request-1",
      http: { method, path, sourceIp: "203.0.113.7" },
      ...(call.as === undefined ? {} : { authorizer: { jwt: { claims: call.as.claims, scopes: [] } } }),
    },
  } as unknown as APIGatewayProxyEventV2WithJWTAuthorizer;
}

/** A function as its gateway calls it. */
export function caller(implementations: readonly Implementation[], store?: IdempotencyStore) {
  const handler = httpHandler(implementations, store);
  return async (routeKey: string, call: Call = {}): Promise<Answered> => {
    const answer = await handler(eventOf(routeKey, call), context);
    const { statusCode = 0, headers = {}, body, isBase64Encoded = false } = answer;
    if (isBase64Encoded) return { status: statusCode, headers, body: Buffer.from(body ?? "", "base64") };
    return { status: statusCode, headers, body: body === undefined ? undefined : JSON.parse(body) };
  };
}
