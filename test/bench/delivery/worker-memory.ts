import { createRequire, syncBuiltinESMExports } from "node:module";
import type { Worker, WorkerOptions } from "node:worker_threads";

const SAMPLED_EVERY_MS = 100;

export type WorkerMemory = {
  /** The largest heap that a worker of a function, by its logical id, had since the last reset: bytes, with garbage. */
  peak(logicalId: string): number;
  /** How many workers of it there are. */
  workers(logicalId: string): number;
  reset(): void;
  stop(): void;
};

/**
 * Watches the heaps of the local stack's Lambda workers from outside: every thread that is started from now on is
 * looked at while it runs.
 */
export function watchWorkerMemory(): WorkerMemory {
  const threads = createRequire(import.meta.url)("node:worker_threads") as { Worker: typeof Worker };
  const Original = threads.Worker;
  const running = new Map<Worker, string>();
  const peaks = new Map<string, number>();

  class WatchedWorker extends Original {
    constructor(file: string | URL, options: WorkerOptions = {}) {
      super(file, options);
      running.set(this, String(Reflect.get(Object(options.workerData), "functionName")));
      this.once("exit", () => running.delete(this));
    }
  }
  threads.Worker = WatchedWorker;
  syncBuiltinESMExports();

  const sample = async (): Promise<void> => {
    const looks = [...running].map(async ([worker, name]) => {
      const { used_heap_size: used, external_memory: external } = await worker.getHeapStatistics();
      peaks.set(name, Math.max(peaks.get(name) ?? 0, used + external));
    });
    // One that has just ended has no heap to look at.
    await Promise.allSettled(looks);
  };
  let timer = setTimeout(again, SAMPLED_EVERY_MS);
  function again(): void {
    void sample().then(() => {
      timer = setTimeout(again, SAMPLED_EVERY_MS);
    });
  }

  return {
    peak: (logicalId) => peaks.get(logicalId) ?? 0,
    workers: (logicalId) => [...running.values()].filter((name) => name === logicalId).length,
    reset: () => peaks.clear(),
    stop() {
      clearTimeout(timer);
      threads.Worker = Original;
      syncBuiltinESMExports();
    },
  };
}
