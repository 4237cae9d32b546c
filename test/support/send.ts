import type { LocalStack } from "../../infra/local/contracts.ts";

/** An answer as it came over the wire; `body` is its JSON, if it is any. */
export type Answer = { status: number; headers: Headers; text: string; body: unknown };

export type RequestParts = {
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  raw?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One request, exactly as given: no repetition, no key, nothing checked. */
export async function send(
  stack: Pick<LocalStack, "httpUrl">,
  method: string,
  path: string,
  { token, body, raw, headers = {} }: RequestParts = {},
): Promise<Answer> {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(stack.httpUrl + path, {
    method,
    redirect: "manual",
    headers: {
      ...(content === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(content === undefined ? {} : { body: content }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}
