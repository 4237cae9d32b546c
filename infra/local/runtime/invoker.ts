import { setTimeout as sleep } from "node:timers/promises";
import type {
  Faults,
  FunctionModel,
  InvocationLog,
  InvokeResult,
  Invoker,
  LocalClock,
  Meter,
} from "../contracts.ts";
import { accessKeyOf } from "./caller.ts";
import { type Endpoints, functionEnvironment } from "./function-environment.ts";
import { startLambdaWorker } from "./lambda-worker.ts";
import { createWorkerPool, defaultLimits, killed, type PoolCensus, type PoolLimits } from "./worker-pool.ts";
import type { Wire } from "./worker-wire.ts";

export type InvokerOptions = {
  functions: FunctionModel[];
  endpoints: Endpoints;
  clock: LocalClock;
  meter: Meter;
  faults: Faults;
  log: InvocationLog;
  limits?: Partial<PoolLimits>;
  /** What workers reach without a way over the network; absent: nothing. */
  wires?: readonly Wire[];
  /** Where workers keep compiled code for each other; absent: nowhere. */
  codeCache?: string | undefined;
};

export type StoppableInvoker = Invoker & { stop(): Promise<void> };

/** Lambda on this machine: invokes a function by its short name in a worker of its pool. */
export function createInvoker(options: InvokerOptions): StoppableInvoker {
  const { clock, meter, faults, log, endpoints } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const census: PoolCensus = { workers: 0, starting: 0, onChange: new Set() };
  let workerNumber = 0;
  const pools = new Map(
    options.functions.map((model) => {
      const start = () => {
        workerNumber += 1;
        const accessKeyId = accessKeyOf(model.name, workerNumber);
        return startLambdaWorker({
          model,
          accessKeyId,
          environment: functionEnvironment(model, accessKeyId, endpoints),
          clockOffset: clock.offset,
          wires: options.wires ?? [],
          codeCache: options.codeCache,
          onOutput: (text) => log.add({ kind: "output", functionName: model.name, text }),
        });
      };
      return [model.name, createWorkerPool(start, census, limits)] as const;
    }),
  );
  const sweepTimer = setInterval(() => {
    for (const pool of pools.values()) pool.endIdle();
  }, 10_000);
  sweepTimer.unref();

  const run = async (functionName: string, event: unknown, killAfterMs: number | undefined) => {
    const pool = pools.get(functionName);
    if (!pool) throw new Error(`the template has no function named ${functionName}`);
    const lease = await pool.take();
    if (!lease.ok) return { result: lease.failure, isCold: true, ms: 0 };
    const { worker, isCold } = lease;
    const startedAt = performance.now();
    if (killAfterMs === 0) await worker.end(killed);
    const killTimer = killAfterMs ? setTimeout(() => void worker.end(killed), killAfterMs) : undefined;
    const result = worker.isAlive() ? await worker.invoke(event) : killed;
    clearTimeout(killTimer);
    pool.giveBack(worker);
    return { result, isCold, ms: performance.now() - startedAt };
  };

  return {
    async invoke(functionName, event, source) {
      const startedAt = performance.now();
      const fault = faults.decide("function", { function: functionName, source }, () =>
        JSON.stringify(event),
      );
      if (fault?.effect === "throttle") return failed("TooManyRequestsException", "Rate exceeded");
      if (fault?.effect === "error") return failed("Runtime.InjectedError", "An injected error");
      if (fault?.effect === "delay") await sleep(fault.delayMs);
      const killAfterMs = fault?.effect === "kill" ? fault.delayMs : undefined;
      const { result, isCold, ms } = await run(functionName, event, killAfterMs);
      meter.recordInvocation({ functionName, isCold, ms });
      const totalMs = Math.round(performance.now() - startedAt);
      const text = `${functionName} ${source} ${outcome(result)}${totalMs} ms ${isCold ? "cold" : "warm"}`;
      log.add({ kind: "invocation", functionName, text });
      if (fault?.effect === "error-after") return failed("Runtime.InjectedError", "An injected error");
      return result;
    },
    kill(accessKeyId) {
      for (const pool of pools.values()) pool.kill(accessKeyId);
    },
    async stop() {
      clearInterval(sweepTimer);
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}

function failed(errorType: string, errorMessage: string): InvokeResult {
  return { ok: false, errorType, errorMessage };
}

function outcome(result: InvokeResult): string {
  if (!result.ok) return `${result.errorType} `;
  const { payload } = result;
  if (typeof payload === "object" && payload !== null && "statusCode" in payload)
    return `${payload.statusCode} `;
  return "";
}
