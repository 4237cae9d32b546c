import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
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

/** One request with its path as it is: `fetch` would tidy it up first. */
export async function sendPath(
  stack: Pick<LocalStack, "httpUrl">,
  method: string,
  path: string,
  { token, body }: Pick<RequestParts, "token" | "body"> = {},
): Promise<Answer> {
  const { hostname, port } = new URL(stack.httpUrl);
  const headers = {
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const outgoing = request({ hostname, port, method, path, headers, agent: false });
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  const [answer]: IncomingMessage[] = await once(outgoing, "response");
  if (answer === undefined) throw new Error("no answer");
  const text = (await answer.toArray()).join("");
  return {
    status: answer.statusCode ?? 0,
    headers: new Headers(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
    text,
    body: parsed(text),
  };
}
