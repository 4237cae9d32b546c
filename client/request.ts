import { problemFrom, type VestibuleProblem } from "./problem.ts";

/** Where the service is and who asks; `token` is called for each request, so that it may refresh. */
export type Connection = {
  baseUrl: string;
  token?: () => string | Promise<string>;
  /** How often a failed request is sent again; 3 unless told. */
  retries?: number;
};

export type RequestOptions = {
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** A creating POST: gets an `Idempotency-Key`, the same for all its repetitions. */
  creates?: boolean;
  /** A POST that may be sent twice without harm, as every GET, PUT and DELETE may. */
  repeatable?: boolean;
  anonymous?: boolean;
  ifMatch?: string;
};

const LONGEST_WAIT_MS = 30_000;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What `Retry-After` asks for, in seconds or as a date. */
function askedWaitMs(retryAfter: string | null): number | undefined {
  const seconds = Number(retryAfter ?? Number.NaN);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1000;
  const date = Date.parse(retryAfter ?? "");
  return Number.isFinite(date) ? Math.max(date - Date.now(), 0) : undefined;
}

/** How long to wait before attempt `attempt + 1`: what the service asks for, else doubling from 200 ms with jitter. */
export function waitMs(attempt: number, retryAfter: string | null, random = Math.random()): number {
  const asked = askedWaitMs(retryAfter);
  if (asked !== undefined) return Math.min(asked, LONGEST_WAIT_MS);
  return 200 * 2 ** attempt * (0.5 + random / 2);
}

/**
 * 429 and 503 name a passing state; so does a 409 with `Retry-After`: the same key is still being worked on. What passes
 * in an hour only (INV-13) is for the caller to decide.
 */
function isPassing(response: Response): boolean {
  if ((askedWaitMs(response.headers.get("retry-after")) ?? 0) > LONGEST_WAIT_MS) return false;
  if (response.status === 429 || response.status === 503) return true;
  return response.status === 409 && response.headers.has("retry-after");
}

function urlOf(baseUrl: string, path: string, query: RequestOptions["query"] = {}): URL {
  const url = new URL(baseUrl.replace(/\/+$/u, "") + path);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

async function headersOf(connection: Connection, options: RequestOptions, key: string): Promise<Headers> {
  const headers = new Headers({ accept: "application/json" });
  if (options.body !== undefined) headers.set("content-type", "application/json");
  if (options.creates) headers.set("idempotency-key", key);
  if (options.ifMatch !== undefined) headers.set("if-match", options.ifMatch);
  const token = options.anonymous ? undefined : await connection.token?.();
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  return headers;
}

function parsed(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(response: Response, text: string): VestibuleProblem {
  const askedMs = askedWaitMs(response.headers.get("retry-after"));
  return problemFrom(response.status, parsed(text), {
    requestId: response.headers.get("x-request-id") ?? "",
    retryAfterSeconds: askedMs === undefined ? undefined : Math.ceil(askedMs / 1000),
  });
}

/**
 * Sends one request and repeats it while that is safe and may help: after a network error only when a repetition does
 * no harm, after 429 and 503 always, waiting as long as `Retry-After` says.
 * @returns the body of the answer; the service has checked it by the route's own schema.
 * @throws VestibuleProblem when the service refuses; TypeError when it cannot be reached.
 */
export async function request<Answer>(
  connection: Connection,
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const url = urlOf(connection.baseUrl, path, options.query);
  const key = crypto.randomUUID();
  const body = options.body === undefined ? null : JSON.stringify(options.body);
  // A PATCH or an If-Match that was carried out unseen would be refused as stale the second time.
  const isSafe =
    options.creates || options.repeatable || !(method === "POST" || options.ifMatch !== undefined);
  const retries = connection.retries ?? 3;
  for (let attempt = 0; ; attempt += 1) {
    const isLast = attempt >= retries;
    try {
      const headers = await headersOf(connection, options, key);
      const response = await fetch(url, { method, headers, body });
      const text = await response.text();
      if (response.ok) return JSON.parse(text === "" ? "null" : text);
      if (isLast || !isPassing(response)) {
        throw problemOf(response, text);
      }
      await pause(waitMs(attempt, response.headers.get("retry-after")));
    } catch (error) {
      // fetch reports every network failure as a TypeError.
      if (!(error instanceof TypeError) || isLast || !isSafe) throw error;
      await pause(waitMs(attempt, null));
    }
  }
}
