import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { logger } from "../shell/logger.ts";
import { notFound, Problem, problemBody } from "../shell/problem.ts";
import type { PageFiles, ServedText } from "./files.ts";
import { pageHeaders, plainHeaders } from "./headers.ts";
import type { SignInConfig } from "./sign-in-config.ts";

type Event = APIGatewayProxyEventV2;
type Result = APIGatewayProxyStructuredResultV2;

export type PageDeps = {
  version: string;
  openapi: ServedText;
  asyncapi: ServedText;
  /** By name, which is also the path. */
  pages: ReadonlyMap<string, PageFiles>;
  signInConfig: (page: string) => Promise<SignInConfig>;
  /** Where pages that are told live connect to. */
  socketUrl: string;
};

/** The pages that open the live connection; the others may not. */
const LIVE_PAGES: ReadonlySet<string> = new Set(["people", "chat"]);

function json(body: unknown): Result {
  const headers = { ...plainHeaders, "content-type": "application/json", "cache-control": "no-store" };
  return { statusCode: 200, headers, body: JSON.stringify(body) };
}

/** Public and the same for everybody: cached for a short while, then compared by its tag. */
function cached(event: Event, text: ServedText): Result {
  const headers = {
    ...plainHeaders,
    etag: text.etag,
    "cache-control": "public, max-age=300, must-revalidate",
  };
  if (event.headers["if-none-match"] === text.etag) return { statusCode: 304, headers };
  return { statusCode: 200, headers: { ...headers, "content-type": text.type }, body: text.body };
}

async function page(name: string, { html }: PageFiles, deps: PageDeps): Promise<Result> {
  // Without the issuer an invitation can still be read; signing in is what has to wait.
  const tokenEndpoint = await deps.signInConfig(name).then(
    (config) => [config.tokenEndpoint],
    () => [],
  );
  const live = LIVE_PAGES.has(name) ? [deps.socketUrl] : [];
  const headers = {
    ...pageHeaders([...tokenEndpoint, ...live]),
    "content-type": html.type,
    "cache-control": "no-store",
  };
  return { statusCode: 200, headers, body: html.body };
}

async function file(event: Event, page: string, files: PageFiles, deps: PageDeps): Promise<Result> {
  const name = event.pathParameters?.["file"] ?? "";
  if (name === "config.json") return json(await deps.signInConfig(page));
  const asset = files.assets.get(name);
  if (asset === undefined) throw notFound("file");
  return cached(event, asset);
}

type Serve = (event: Event) => Result | Promise<Result>;

/** A page at its name, and its files below it. */
function pageRoutes(deps: PageDeps): [string, Serve][] {
  return [...deps.pages].flatMap(([name, files]): [string, Serve][] => [
    [`GET /${name}`, () => page(name, files, deps)],
    [`GET /${name}/{file}`, (event) => file(event, name, files, deps)],
  ]);
}

function problemFor(error: unknown): Problem {
  if (error instanceof Problem) return error;
  logger.error("unexpected error", error instanceof Error ? error : String(error));
  return new Problem(500, "internal-error", "Something went wrong on our side.");
}

function refusal(error: unknown, requestId: string): Result {
  const problem = problemFor(error);
  const headers = {
    ...plainHeaders,
    ...problem.headers,
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  };
  return { statusCode: problem.status, headers, body: JSON.stringify(problemBody(problem, requestId)) };
}

/** The Lambda handler of what is public: health, the contract's documents, and the pages. */
export function createPageHandler(deps: PageDeps) {
  const routes = new Map<string, Serve>([
    ["GET /v1/health", () => json({ status: "ok", version: deps.version, time: new Date().toISOString() })],
    ["GET /v1/openapi.json", (event) => cached(event, deps.openapi)],
    ["GET /v1/asyncapi.json", (event) => cached(event, deps.asyncapi)],
    ...pageRoutes(deps),
  ]);

  return async function servePage(event: Event): Promise<Result> {
    const { requestId } = event.requestContext;
    try {
      const serve = routes.get(event.routeKey);
      if (serve === undefined) throw notFound("resource");
      const result = await serve(event);
      return { ...result, headers: { ...result.headers, "x-request-id": requestId } };
    } catch (error) {
      const result = refusal(error, requestId);
      return { ...result, headers: { ...result.headers, "x-request-id": requestId } };
    }
  };
}
