import { Agent, type IncomingMessage, type RequestOptions, request } from "node:http";
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

/** Connections that stay open from one request to the next. */
const agent = new Agent({ keepAlive: true });

/** By node:http, as these are tens of thousands of requests: `fetch` takes the processor more than twice as long. */
function exchange(
  target: string | URL,
  options: RequestOptions,
  content?: string | Uint8Array,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(target, options, (incoming: IncomingMessage) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const headers = new Headers(
          Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
        );
        const { statusCode: status = 0 } = incoming;
        resolve({ status, headers, text, body: parsed(text) });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(content);
  });
}

/** One request, exactly as given: no repetition, no key, nothing checked. */
export async function send(
  stack: Pick<LocalStack, "httpUrl">,
  method: string,
  path: string,
  { token, body, raw, headers = {} }: RequestParts = {},
): Promise<Answer> {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const given = {
    ...(content === undefined
      ? {}
      : { "content-type": "application/json", "content-length": Buffer.byteLength(content) }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...headers,
  };
  return await exchange(new URL(stack.httpUrl + path), { method, headers: given, agent }, content);
}

/** One request with its path as it is: a URL would tidy it up first. */
export async function sendPath(
  stack: Pick<LocalStack, "httpUrl">,
  method: string,
  path: string,
  { token, body }: Pick<RequestParts, "token" | "body"> = {},
): Promise<Answer> {
  const headers = {
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const content = body === undefined ? undefined : JSON.stringify(body);
  return await exchange(stack.httpUrl, { method, path, headers, agent: false }, content);
}
