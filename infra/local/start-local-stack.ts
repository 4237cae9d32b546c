import { join } from "node:path";
import { createClock } from "./clock.ts";
import type { LocalContext, LocalStack, LogLine } from "./contracts.ts";
import { controlRoutes } from "./control/routes.ts";
import { createAccessCheck } from "./engine/access-check.ts";
import { createTable } from "./engine/create-table.ts";
import { startEngine } from "./engine/dynoxide-process.ts";
import { holdPort } from "./engine/free-port.ts";
import { startMeteringProxy } from "./engine/metering-proxy.ts";
import { createFaults } from "./faults/faults.ts";
import { localRoutes as homeRoutes } from "./home/routes.ts";
import { startHttpServer } from "./http-gateway/server.ts";
import { createInvocationLog } from "./invocation-log.ts";
import { localRoutes as issuerRoutes } from "./issuer/routes.ts";
import { type KeptState, readKeptState, writeKeptState } from "./kept-state.ts";
import { localRoutes as mailRoutes } from "./mail/routes.ts";
import { createMeter } from "./meter/meter.ts";
import { createInvoker, type StoppableInvoker } from "./runtime/invoker.ts";
import type { PoolLimits } from "./runtime/worker-pool.ts";
import type { Wire } from "./runtime/worker-wire.ts";
import { startScheduler } from "./schedules/scheduler.ts";
import { answerConnectionsCall } from "./socket-gateway/connections-api.ts";
import { localRoutes as socketRoutes } from "./socket-gateway/routes.ts";
import { readStackModel } from "./stack-model/read-stack-model.ts";
import { startStreamPoller } from "./streams/stream-poller.ts";
import { type Context, synthesize } from "./synthesis/synthesize.ts";

export type LocalStackOptions = {
  /** 0 or absent: any free port. A busy one fails at once. */
  port?: number;
  /** An assembly that is there already; absent: the app as it is now, from the cache where possible. */
  assemblyDirectory?: string;
  /** CDK context for the synthesis, as `-c name=value` gives it: `{mailsPerSenderHour: "none"}`. */
  context?: Context;
  /** Keep table, mails and positions here; absent: in memory. */
  dataDirectory?: string;
  streamIntervalMs?: number;
  limits?: Partial<PoolLimits>;
  onLogLine?: (line: LogLine) => void;
  onSynthesis?: () => void;
};

/** Starts the synthesized stack on this machine; whatever was started is stopped again when a later part fails. */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const stops: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      for (const stopPart of stops.reverse()) await stopPart();
    })();
    return stopping;
  };
  try {
    const context = await startParts(options, stops);
    const { baseUrl, socketUrl } = context;
    return { httpUrl: baseUrl, socketUrl, localUrl: `${baseUrl}/local`, context, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(options: LocalStackOptions, stops: (() => Promise<void>)[]): Promise<LocalContext> {
  const { dataDirectory } = options;
  const held = await holdPort(options.port);
  stops.push(held.release);
  const { port } = held;
  const assembly = options.assemblyDirectory ?? (await synthesize(options.context, options.onSynthesis));
  const baseUrl = `http://127.0.0.1:${port}`;
  const model = readStackModel(assembly, baseUrl);
  const kept = dataDirectory === undefined ? undefined : readKeptState(dataDirectory);

  const clock = createClock();
  clock.advance(kept?.clockOffsetSeconds ?? 0);
  const log = createInvocationLog(options.onLogLine);
  const meter = createMeter();
  const faults = createFaults();

  const engine = await startEngine(dataDirectory && join(dataDirectory, "table.sqlite"));
  stops.push(engine.stop);
  const streamArn = await createTable(engine.endpoint, model.table);
  if (streamArn === undefined) throw new Error(`the table ${model.table.name} has no stream`);

  // The proxy is there before the workers that call it and the stream that it wakes.
  const later: Later = { kill: () => {}, wake: () => {}, connections: async () => undefined };
  const proxy = await startMeteringProxy({
    engineEndpoint: engine.endpoint,
    meter,
    faults,
    access: createAccessCheck(model.functions),
    kill: (accessKeyId) => later.kill(accessKeyId),
    onWrite: () => later.wake(),
  });
  stops.push(proxy.stop);

  const addresses = {
    dynamodb: proxy.endpoint,
    engine: engine.endpoint,
    ses: `${baseUrl}/_ses`,
    issuer: model.issuer.issuer,
    connections: `${baseUrl}/_connections/${model.socketApi.stage}`,
  };
  const invoker = createInvoker({
    functions: model.functions,
    endpoints: addresses,
    clock,
    meter,
    faults,
    log,
    limits: options.limits,
    wires: [
      { base: `${proxy.endpoint}/`, answer: proxy.ask },
      { base: `${baseUrl}/_connections/`, answer: (call) => later.connections(call) },
    ],
    // Beside the bundles, whose compiled code it is, and gone with them; never in somebody else's assembly.
    codeCache: options.assemblyDirectory === undefined ? join(assembly, "code-cache") : undefined,
  });
  stops.push(invoker.stop);
  later.kill = invoker.kill;

  const stream = await startStreamPoller({
    endpoint: engine.endpoint,
    streamArn,
    mappings: model.streamMappings,
    invoker,
    clock,
    log,
    intervalMs: options.streamIntervalMs ?? 25,
    positions: kept?.streamPositions,
  });
  if (dataDirectory !== undefined) {
    stops.push(
      keepState(dataDirectory, () => ({
        streamPositions: stream.positions(),
        clockOffsetSeconds: (clock.now() - Date.now()) / 1000,
      })),
    );
  }
  stops.push(stream.stop);
  later.wake = stream.wake;

  const scheduler = startScheduler(model.schedules, clock, invoker);
  stops.push(scheduler.stop);

  const context: LocalContext = {
    clock,
    model,
    invoker,
    meter,
    faults,
    log,
    baseUrl,
    socketUrl: `${baseUrl.replace(/^http/, "ws")}/${model.socketApi.stage}`,
    addresses,
    ...(dataDirectory === undefined ? {} : { dataDirectory }),
  };
  later.connections = (call) => answerConnectionsCall(call, context);
  const localRoutes = [
    ...controlRoutes(scheduler, stream),
    ...socketRoutes,
    ...issuerRoutes,
    ...mailRoutes,
    ...homeRoutes,
  ];
  await held.release();
  const server = await startHttpServer({ context, localRoutes, port });
  stops.push(server.close);
  return context;
}

/** What is called by parts that start before it. */
type Later = { kill: StoppableInvoker["kill"]; wake(): void; connections: Wire["answer"] };

/** Writes the state every now and then, and once more at the end. */
function keepState(directory: string, read: () => KeptState): () => Promise<void> {
  const timer = setInterval(() => writeKeptState(directory, read()), 1000);
  timer.unref();
  return async () => {
    clearInterval(timer);
    writeKeptState(directory, read());
  };
}
