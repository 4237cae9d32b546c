import middy from "@middy/core";
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import * as z from "zod";
import type { IdempotencyStore } from "../table/idempotency.ts";
import { answerOnce } from "./idempotent.ts";
import { isId, isUserId } from "./ids.ts";
import { personOf } from "./person.ts";
import { notFound, stale } from "./problem.ts";
import { answerProblems } from "./problem-mapper.ts";
import { invalid, parseWith, readJson } from "./request-body.ts";
import type { Answer, Implementation, ParameterName, Request, Route } from "./route.ts";

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
type Result = APIGatewayProxyStructuredResultV2;

const PARAMETERS: Record<ParameterName, { what: string; isValid: (text: string) => boolean }> = {
  org: { what: "organization", isValid: (text) => isId("organization", text) },
  user: { what: "person", isValid: isUserId },
  inv: { what: "invitation", isValid: (text) => isId("invitation", text) },
  chn: { what: "channel", isValid: (text) => isId("channel", text) },
  grp: { what: "group", isValid: (text) => isId("group", text) },
  // What is no emoji is a refusal of its own (MSG-9).
  emoji: { what: "emoji", isValid: () => true },
  call: { what: "call", isValid: (text) => isId("call", text) },
  adr: { what: "mail address", isValid: (text) => isId("mailAddress", text) },
  seq: { what: "message", isValid: (text) => /^[1-9][0-9]{0,11}$/u.test(text) },
  file: { what: "file", isValid: (text) => /^[a-z0-9.-]{1,40}$/u.test(text) },
};

function isParameterName(name: string): name is ParameterName {
  return name in PARAMETERS;
}

function paramsOf(event: Event): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(event.pathParameters ?? {})) {
    if (!isParameterName(name) || value === undefined) continue;
    if (!PARAMETERS[name].isValid(value)) throw notFound(PARAMETERS[name].what);
    params[name] = value;
  }
  return params;
}

/** The methods on which `If-Match` is honoured (`api.md`, Conventions). */
const UNSAFE: ReadonlySet<string> = new Set(["PUT", "PATCH", "DELETE"]);

/** The version in `If-Match: "7"`; `*` asks for nothing that the route does not check itself. */
function ifMatchOf(route: Route, event: Event): number | undefined {
  const header = event.headers["if-match"];
  if (header === undefined || header.trim() === "*") return undefined;
  const version = /^"(\d{1,15})"$/u.exec(header.trim())?.[1];
  // What has no version matches none: https://www.rfc-editor.org/rfc/rfc9110#field.if-match
  if (version === undefined || (UNSAFE.has(route.method) && !route.refusals.includes("stale"))) throw stale();
  return Number(version);
}

function queryOf(route: Route, event: Event): unknown {
  const query = { ...event.queryStringParameters };
  return parseWith(route.query ?? z.strictObject({}), query);
}

function bodyOf(route: Route, event: Event): unknown {
  if (route.body === undefined) return undefined;
  const isLeftOut = (event.body ?? "") === "" && route.body.safeParse(undefined).success;
  return isLeftOut ? undefined : parseWith(route.body, readJson(event));
}

function requestOf(route: Route, event: Event): Request<Route> {
  return {
    params: paramsOf(event),
    body: bodyOf(route, event),
    query: queryOf(route, event),
    person: route.access === "anonymous" ? undefined : personOf(event),
    ifMatch: ifMatchOf(route, event),
    requestId: event.requestContext.requestId,
    sourceIp: event.requestContext.http.sourceIp,
    plannedSuffix: undefined,
    now: Date.now(),
  } as Request<Route>;
}

function present(route: Route, answer: Answer): Result {
  const schema = route.answers[answer.status];
  if (schema === undefined)
    throw new Error(`${route.operationId} answers ${answer.status}, which it does not declare`);
  const headers: Record<string, string> = { "cache-control": "no-store", ...answer.headers };
  if (answer.version !== undefined) headers["etag"] = `"${answer.version}"`;
  if (schema === null) return { statusCode: answer.status, ...withFile(headers, answer.file) };
  headers["content-type"] = "application/json";
  return { statusCode: answer.status, headers, body: JSON.stringify(schema.parse(answer.body)) };
}

function withFile(headers: Record<string, string>, file: Answer["file"]): Omit<Result, "statusCode"> {
  if (file === undefined) return { headers };
  const body = Buffer.from(file.bytes).toString("base64");
  return { headers: { ...headers, "content-type": file.type }, body, isBase64Encoded: true };
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/u;

async function serve(
  implementation: Implementation,
  request: Request<Route>,
  event: Event,
  store?: IdempotencyStore,
) {
  const key = event.headers["idempotency-key"];
  if (key === undefined || !implementation.route.isIdempotent || store === undefined) {
    return await implementation.serve(request);
  }
  if (!IDEMPOTENCY_KEY.test(key)) {
    throw invalid([{ path: "Idempotency-Key", message: "1 to 255 printable characters" }]);
  }
  return await answerOnce({ implementation, request, key, path: event.rawPath, store });
}

/**
 * The Lambda handler of an HTTP function: finds the route, parses everything, serves, parses the answer, and maps
 * every refusal to problem+json. Innermost, a use case meets parsed values only.
 * @param store where `Idempotency-Key` answers are kept; needed if a route is idempotent.
 */
export function httpHandler(implementations: readonly Implementation[], store?: IdempotencyStore) {
  const byRouteKey = new Map(
    implementations.map((implementation) => [
      `${implementation.route.method} ${implementation.route.path}`,
      implementation,
    ]),
  );

  async function dispatch(event: Event): Promise<Result> {
    const implementation = byRouteKey.get(event.routeKey);
    if (implementation === undefined) throw notFound("resource");
    const request = requestOf(implementation.route, event);
    return present(implementation.route, await serve(implementation, request, event, store));
  }

  return middy<Event, Result>().use(answerProblems()).handler(dispatch);
}
