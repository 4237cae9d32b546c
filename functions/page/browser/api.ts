import { type Fields, fieldsIn, textIn } from "./json.ts";

/** A refusal; `code` is `network` when nothing came back. */
export type Refusal = { ok: false; status: number; code: string; requestId: string; data: Fields };
/** `etag` is empty where the service gives none. */
export type Outcome = { ok: true; body: Fields; etag: string } | Refusal;

const UNREACHED: Refusal = { ok: false, status: 0, code: "network", requestId: "", data: {} };

/** Sends a request and reads its answer, whatever it is; it never throws. */
export async function send(path: string | URL, init: RequestInit = {}): Promise<Outcome> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, { ...init, credentials: "omit", cache: "no-store" });
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
  };
}

type Request = { body?: Fields | undefined; idToken?: string | undefined; headers?: Record<string, string> };

/** A request to the API: a path below `/v1/`, in the name of whoever `idToken` is. */
export function call(method: string, path: string, { body, idToken, headers }: Request = {}) {
  return send(`v1/${path}`, {
    method,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(idToken !== undefined && { authorization: `Bearer ${idToken}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
