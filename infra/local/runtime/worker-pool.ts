import { availableParallelism } from "node:os";
import type { InvokeResult } from "../contracts.ts";
import type { LambdaWorker } from "./lambda-worker.ts";

export type PoolLimits = {
  workersPerFunction: number;
  workersInAll: number;
  /** So many a function gets even when the others took all there are: nobody starves. */
  reservedPerFunction: number;
  /** Cold starts under way at once: more would only slow each other down on a machine with few cores. */
  startsAtOnce: number;
  /** How long an invocation waits for a warm worker before another is started … */
  patienceMs: number;
  /**
   * … while the function has fewer than this many, so that what runs at once really interleaves. Beyond, it waits as
   * long as a cold start takes: another worker would not have helped it sooner, only cost a core.
   */
  eagerWorkers: number;
  idleMs: number;
};

/** Enough to interleave on this machine; more would starve each other, until the SDK's timeouts take them for lost. */
const WORKERS_PER_CORE = 4;

export const defaultLimits: PoolLimits = {
  workersPerFunction: Math.max(8, WORKERS_PER_CORE * availableParallelism()),
  workersInAll: 120,
  reservedPerFunction: 2,
  startsAtOnce: 1,
  patienceMs: 20,
  eagerWorkers: 4,
  idleMs: 120_000,
};

/** What all pools share. */
export type PoolCensus = { workers: number; starting: number; onChange: Set<() => void> };

export type Lease =
  | { ok: true; worker: LambdaWorker; isCold: boolean }
  | { ok: false; failure: InvokeResult };

export type WorkerPool = {
  take(): Promise<Lease>;
  giveBack(worker: LambdaWorker): void;
  endIdle(): void;
  kill(accessKeyId: string): void;
  stop(): Promise<void>;
};

/** The workers of one function: started when all are busy, reused when one is free, ended when long unused. */
export function createWorkerPool(
  start: () => LambdaWorker,
  census: PoolCensus,
  limits: PoolLimits,
): WorkerPool {
  const all = new Set<LambdaWorker>();
  const idle: { worker: LambdaWorker; since: number }[] = [];
  const waiting: { since: number; resolve(lease: Lease): void }[] = [];
  let starting = 0;
  let coldStartMs = 250;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const forget = (worker: LambdaWorker) => {
    if (!all.delete(worker)) return;
    census.workers -= 1;
    for (const listener of census.onChange) listener();
  };

  const offer = (worker: LambdaWorker, isCold: boolean) => {
    const first = waiting.shift();
    if (first) first.resolve({ ok: true, worker, isCold });
    else idle.push({ worker, since: Date.now() });
  };

  const startOne = async () => {
    const startedAt = Date.now();
    const worker = start();
    all.add(worker);
    census.workers += 1;
    census.starting += 1;
    starting += 1;
    const outcome = await worker.ready;
    starting -= 1;
    census.starting -= 1;
    coldStartMs = Date.now() - startedAt;
    if (outcome.ok && worker.isAlive()) {
      offer(worker, true);
      for (const listener of census.onChange) listener();
      return;
    }
    waiting.shift()?.resolve({ ok: false, failure: outcome });
    await worker.end();
    forget(worker);
  };

  const mayStart = () =>
    all.size < limits.workersPerFunction &&
    (census.workers < limits.workersInAll || all.size < limits.reservedPerFunction) &&
    (census.starting < limits.startsAtOnce || all.size === 0);

  const consider = () => {
    const longest = waiting[starting];
    if (isStopped || longest === undefined || !mayStart()) return;
    const patienceMs =
      all.size < limits.eagerWorkers ? limits.patienceMs : Math.max(limits.patienceMs, coldStartMs);
    const patienceLeft = all.size === 0 ? 0 : longest.since + patienceMs - Date.now();
    if (patienceLeft <= 0) {
      void startOne();
      consider();
    } else {
      timer ??= setTimeout(() => {
        timer = undefined;
        consider();
      }, patienceLeft);
    }
  };
  census.onChange.add(consider);

  const remove = async (worker: LambdaWorker, reason?: InvokeResult) => {
    const position = idle.findIndex((entry) => entry.worker === worker);
    if (position >= 0) idle.splice(position, 1);
    await worker.end(reason);
    forget(worker);
  };

  return {
    async take() {
      if (isStopped) return { ok: false, failure: stopped };
      // The one used last is the warmest, and the others grow old enough to be ended.
      for (let entry = idle.pop(); entry; entry = idle.pop()) {
        if (entry.worker.isAlive()) return { ok: true, worker: entry.worker, isCold: false };
        forget(entry.worker);
      }
      return new Promise((resolve) => {
        waiting.push({ since: Date.now(), resolve });
        consider();
      });
    },
    giveBack(worker) {
      if (worker.isAlive() && !isStopped) {
        offer(worker, false);
        return;
      }
      void remove(worker);
    },
    endIdle() {
      const oldest = Date.now() - limits.idleMs;
      for (const entry of idle.filter(({ since }) => since < oldest)) void remove(entry.worker);
    },
    kill(accessKeyId) {
      for (const worker of all) if (worker.accessKeyId === accessKeyId) void remove(worker, killed);
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      census.onChange.delete(consider);
      for (const { resolve } of waiting.splice(0)) resolve({ ok: false, failure: stopped });
      await Promise.all([...all].map((worker) => remove(worker, stopped)));
    },
  };
}

/** What an invocation ends with when its worker is killed by a fault rule. */
export const killed: InvokeResult = {
  ok: false,
  errorType: "Runtime.ExitError",
  errorMessage: "Runtime exited: killed by a fault rule",
};

const stopped: InvokeResult = {
  ok: false,
  errorType: "Local.Stopped",
  errorMessage: "The local stack is stopping",
};
