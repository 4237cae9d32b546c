import { once } from "node:events";
import {
  Agent,
  createServer,
  type IncomingMessage,
  type RequestOptions,
  request,
  type ServerResponse,
} from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { urlToHttpOptions } from "node:url";
import type { FaultEffect, Faults, Meter } from "../contracts.ts";
import { callerOf } from "../runtime/caller.ts";
import type { AccessCheck } from "./access-check.ts";
import { askForCapacity, consumedUnits } from "./capacity.ts";
import { accessDenied, conflicted, type FaultAnswer, internalError, throttled } from "./fault-answers.ts";

export type MeteringProxy = { endpoint: string; stop(): Promise<void> };

export type ProxyOptions = {
  engineEndpoint: string;
  meter: Meter;
  faults: Faults;
  /** What a function may do with the table. */
  access: AccessCheck;
  kill(accessKeyId: string): void;
  /** Something was written: the stream has news. */
  onWrite(): void;
};

type EngineAnswer = { status: number; headers: Record<string, string>; body: Buffer };

const passedHeaders = ["content-type", "x-amz-target", "x-amz-date", "authorization", "x-amz-security-token"];
const returnedHeaders = ["content-type", "x-amzn-requestid", "x-amz-crc32"];
const writes = /^(Put|Update|Delete|BatchWrite|TransactWrite)/;

/** DynamoDB as the functions see it: the engine, with units counted per function and faults injected. */
export async function startMeteringProxy(options: ProxyOptions): Promise<MeteringProxy> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const engine = { ...urlToHttpOptions(new URL(options.engineEndpoint)), method: "POST", agent };
  const server = createServer((incoming, response) => {
    void serve(incoming, response, options, engine).catch((error: unknown) => {
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
    async stop() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await once(server, "close");
    },
  };
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  options: ProxyOptions,
  engine: RequestOptions,
): Promise<void> {
  const { meter, faults, access, kill, onWrite } = options;
  const body = await readAll(incoming);
  const operation = String(incoming.headers["x-amz-target"] ?? "").replace(/^.*\./, "");
  const caller = callerOf(incoming.headers.authorization);
  const functionName = caller?.functionName ?? "outside";
  const denied = access(functionName, operation, body);
  if (denied) return send(response, accessDenied(functionName, denied));
  const fault = faults.decide("dynamodb", { function: functionName, operation }, () => body.toString());
  if (fault?.effect === "delay") await sleep(fault.delayMs);
  const early = fault && answerBefore(fault, operation, body);
  if (early) return send(response, early);
  if (fault?.effect === "kill" && caller) {
    kill(caller.accessKeyId);
    response.destroy();
    return;
  }
  const answer = await forward(incoming, askForCapacity(body), engine);
  meter.recordUnits({ functionName, operation, ...consumedUnits(operation, answer.body) });
  if (writes.test(operation)) onWrite();
  if (fault?.effect === "error-after") return send(response, internalError);
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

function answerBefore(fault: FaultEffect, operation: string, body: Buffer): FaultAnswer | undefined {
  if (fault.effect === "throttle") return fault.conflict ? conflicted(operation, body) : throttled;
  return fault.effect === "error" ? internalError : undefined;
}

function send(response: ServerResponse, { status, body }: FaultAnswer): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
  response.end(body);
}

async function forward(
  incoming: IncomingMessage,
  body: Buffer,
  engine: RequestOptions,
): Promise<EngineAnswer> {
  const headers: Record<string, string> = { "content-length": String(body.length) };
  for (const name of passedHeaders) {
    const value = incoming.headers[name];
    if (typeof value === "string") headers[name] = value;
  }
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request({ ...engine, headers }, resolve);
    outgoing.on("error", reject);
    outgoing.end(body);
  });
  const answered: Record<string, string> = {};
  for (const name of returnedHeaders) {
    const value = answer.headers[name];
    if (typeof value === "string") answered[name] = value;
  }
  return { status: answer.statusCode ?? 502, headers: answered, body: await readAll(answer) };
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
