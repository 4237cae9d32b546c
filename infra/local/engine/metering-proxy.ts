import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createEngineConnections } from "./engine-connections.ts";
import { createEngineGate, type EngineGate, type EngineGateOptions } from "./engine-gate.ts";

export type MeteringProxy = {
  endpoint: string;
  /** The same without HTTP, for the functions' own workers. */
  ask: EngineGate;
  stop(): Promise<void>;
};

export type ProxyOptions = Omit<EngineGateOptions, "engine"> & { engineEndpoint: string };

const returnedHeaders = ["content-type", "x-amzn-requestid", "x-amz-crc32"];

/** The gate to the engine, at an address of its own. */
export async function startMeteringProxy({
  engineEndpoint,
  ...options
}: ProxyOptions): Promise<MeteringProxy> {
  const engine = createEngineConnections(engineEndpoint);
  const ask = createEngineGate({ ...options, engine });
  const server = createServer((incoming, response) => {
    void serve(incoming, response, ask).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(502);
      response.end(String(error));
    });
  });
  // Longer than the SDK's own keep-alive: the side that reuses a connection must be the one that closes it.
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    ask,
    async stop() {
      server.close();
      server.closeAllConnections();
      engine.stop();
      await once(server, "close");
    },
  };
}

async function serve(incoming: IncomingMessage, response: ServerResponse, ask: EngineGate): Promise<void> {
  const { authorization } = incoming.headers;
  const target = String(incoming.headers["x-amz-target"] ?? "");
  const date = incoming.headersDistinct["x-amz-date"]?.[0];
  const answer = await ask({ target, authorization, date, body: await readAll(incoming) });
  if (answer === undefined) {
    response.destroy();
    return;
  }
  const headers = returnedHeaders.flatMap((name) => {
    const value = answer.headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  response.writeHead(answer.status, Object.fromEntries(headers));
  response.end(answer.body);
}

/** By its events: an async iterator would cost as much as all the rest of the proxy. */
function readAll(stream: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    stream.on("error", reject);
    // Ends without `end` when the other side breaks off.
    stream.on("close", () => reject(new Error("the connection broke off")));
  });
}
