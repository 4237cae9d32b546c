import { type Fields, fieldsIn, textIn } from "./json.ts";

/** A refusal; `code` is `network` when nothing came back. */
export type Refusal = { ok: false; status: number; code: string; requestId: string; data: Fields };
export type Outcome = { ok: true; body: Fields } | Refusal;

const UNREACHED: Refusal = { ok: false, status: 0, code: "network", requestId: "", data: {} };

/** Sends a request and reads its answer, whatever it is; it never throws. */
export async function send(path: string, init: RequestInit): Promise<Outcome> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, { ...init, credentials: "omit", cache: "no-store" });
    text = await response.text();
  } catch {
    return UNREACHED;
  }
  const body = fieldsIn(text) ?? {};
  if (response.ok) return { ok: true, body };
  return {
    ok: false,
    status: response.status,
    code: textIn(body, "code") || textIn(body, "error") || `http-${response.status}`,
    requestId: textIn(body, "instance") || (response.headers.get("x-request-id") ?? ""),
    data: body,
  };
}

/** One of the invitee's routes (INV-4: the secret travels in the body). */
export function ask(action: "preview" | "accept" | "decline", body: Fields, idToken?: string) {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (idToken !== undefined) headers["authorization"] = `Bearer ${idToken}`;
  return send(`v1/invitations/${action}`, { method: "POST", headers, body: JSON.stringify(body) });
}
