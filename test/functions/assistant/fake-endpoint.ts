import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach } from "vitest";

type Asked = {
  readonly path: string | undefined;
  readonly headers: IncomingMessage["headers"];
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into what was sent.
  readonly body: any;
};

export type Behaviour = (answer: ServerResponse) => void | Promise<void>;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const bytes of request) text += String(bytes);
  return text;
}

/** A server of this process, for the tests of one file, that answers as each test says and keeps what it was asked. */
export function fakeEndpoint() {
  let behaviour: Behaviour = (answer) => void answer.writeHead(500).end();
  const asked: Asked[] = [];
  const server = createServer(async (request, answer) => {
    const text = await bodyOf(request);
    asked.push({
      path: request.url,
      headers: request.headers,
      body: text === "" ? undefined : JSON.parse(text),
    });
    await behaviour(answer);
  });
  beforeAll(async () => await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready)));
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  beforeEach(() => {
    asked.length = 0;
  });
  return {
    asked,
    url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    behaves: (next: Behaviour) => {
      behaviour = next;
    },
  };
}

/** An event of a streamed completion. */
export const delta = (content: string, finish: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: finish }] })}\n\n`;

export const DONE = "data: [DONE]\n\n";

/** Streams these pieces as they are. */
export const streams =
  (...pieces: readonly (string | Uint8Array)[]): Behaviour =>
  async (answer) => {
    answer.writeHead(200, { "content-type": "text/event-stream" });
    for (const piece of pieces) {
      answer.write(piece);
      await new Promise((soon) => setImmediate(soon));
    }
    answer.end();
  };
