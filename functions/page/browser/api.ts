import { type Fields, fieldsIn, textIn } from "./json.ts";
import { patiently } from "./patience.ts";

/** A refusal; `code` is `network` when nothing came back. `retryAfterMs`: when to come back, where the service says so. */
export type Refusal = {
  ok: false;
  status: number;
  code: string;
  requestId: string;
  data: Fields;
  retryAfterMs?: number;
};
/** `etag` is empty where the service gives none. */
export type Outcome = { ok: true; body: Fields; etag: string } | Refusal;

const UNREACHED: Refusal = { ok: false, status: 0, code: "network", requestId: "", data: {} };

/** The gateway answers within 30 seconds; what takes longer is lost on its way. */
const PATIENCE_MS = 40_000;

/** The wait that `Retry-After` names in seconds, the one form that the service and its gateway use. */
function retryAfterIn({ headers }: Response): { retryAfterMs?: number } {
  const seconds = Number.parseInt(headers.get("retry-after") ?? "", 10);
  return seconds >= 0 ? { retryAfterMs: seconds * 1_000 } : {};
}

/** Sends a request and reads its answer, whatever it is; it never throws. */
export async function send(path: string | URL, init: RequestInit = {}): Promise<Outcome> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...init,
      credentials: "omit",
      cache: "no-store",
    });
    text = await response.text();
  } catch {
    return UNREACHED;
  }
  const body = fieldsIn(text) ?? {};
  if (response.ok) return { ok: true, body, etag: response.headers.get("etag") ?? "" };
  return {
    ok: false,
    status: response.status,
    code: textIn(body, "code") || textIn(body, "error") || `http-${response.status}`,
    requestId: textIn(body, "instance") || (response.headers.get("x-request-id") ?? ""),
    data: body,
    ...retryAfterIn(response),
  };
}

type Request = {
  body?: Fields | undefined;
  idToken?: string | undefined;
  headers?: Record<string, string>;
  /** Whether the same request once more does no harm, though its method and headers do not say so. */
  isRepeatable?: boolean;
};

/** Reading changes nothing, what is put is put, and a request with a key is the same request. */
function mayRepeat(method: string, { headers, isRepeatable }: Request): boolean {
  const hasKey = headers !== undefined && "idempotency-key" in headers;
  return isRepeatable ?? (method === "GET" || method === "PUT" || hasKey);
}

/**
 * A request to the API: a path below `/v1/`, in the name of whoever `idToken` is. What may be repeated is, while the
 * service is busy or out of reach.
 */
export function call(method: string, path: string, request: Request = {}): Promise<Outcome> {
  const { body, idToken, headers } = request;
  const once = () =>
    send(`v1/${path}`, {
      method,
      headers: {
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(idToken !== undefined && { authorization: `Bearer ${idToken}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return mayRepeat(method, request) ? patiently(once) : once();
}
