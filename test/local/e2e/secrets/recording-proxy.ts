import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

/** A request and its answer, as they were on the wire. */
export type Exchange = {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly asked: string;
  readonly status: number;
  readonly headers: string;
  readonly answered: string;
};

const OF_THE_CONNECTION = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "keep-alive",
]);

function passedOn(headers: Iterable<readonly [string, unknown]>): Record<string, string> {
  return Object.fromEntries(
    [...headers].flatMap(([name, value]) => (OF_THE_CONNECTION.has(name) ? [] : [[name, String(value)]])),
  );
}

/** Stands before a stack and keeps all that is asked and answered, whoever asks. */
export async function startRecordingProxy(stackUrl: string) {
  const exchanges: Exchange[] = [];

  async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url: path = "/" } = request;
    const body = await buffer(request);
    const answer = await fetch(stackUrl + path, {
      method,
      redirect: "manual",
      headers: { ...passedOn(Object.entries(request.headers)), "accept-encoding": "identity" },
      ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
    });
    const answered = Buffer.from(await answer.arrayBuffer());
    exchanges.push({
      method,
      path,
      asked: body.toString(),
      status: answer.status,
      headers: JSON.stringify([...answer.headers]),
      answered: answered.toString(),
    });
    response.writeHead(answer.status, passedOn(answer.headers));
    response.end(answered);
  }

  const server = createServer((request, response) => {
    passOn(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return {
    url: `http://127.0.0.1:${address.port}`,
    exchanges: exchanges as readonly Exchange[],
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
