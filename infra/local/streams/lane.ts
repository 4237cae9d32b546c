import { setTimeout as sleep } from "node:timers/promises";
import type { InvokeResult, StreamMapping } from "../contracts.ts";
import { firstFailure } from "./failed-items.ts";
import type { StreamRecord } from "./stream-record.ts";

export type QueuedRecord = { record: StreamRecord; arrivedAt: number };

export type LaneOptions = {
  mapping: StreamMapping;
  now(): number;
  invoke(records: StreamRecord[]): Promise<InvokeResult>;
  /** These are over: delivered, or given up (then with the reason). */
  onDone(records: StreamRecord[], givenUp?: string): void;
  signal: AbortSignal;
  backoffMs?: { first: number; most: number };
};

export type Lane = { push(record: QueuedRecord): void; waiting(): number; idle(): Promise<void> };

const defaultBackoff = { first: 100, most: 10_000 };

/** One of the `parallelizationFactor` queues of a mapping: batches in order, a failing one holds up those behind it. */
export function createLane(options: LaneOptions): Lane {
  const { mapping, signal } = options;
  const queue: QueuedRecord[] = [];
  let work: Promise<void> | undefined;

  const drain = async () => {
    while (queue.length > 0 && !signal.aborted) {
      const isFull = queue.length >= mapping.batchSize;
      if (mapping.windowSeconds > 0 && !isFull) await pause(mapping.windowSeconds * 1000, signal);
      await deliver(queue.splice(0, mapping.batchSize), options);
    }
    work = undefined;
  };

  return {
    push(record) {
      queue.push(record);
      // In a later turn, so that records that come together go together.
      work ??= Promise.resolve().then(drain);
    },
    waiting: () => queue.length,
    idle: () => work ?? Promise.resolve(),
  };
}

/** Delivers a batch: retried from its first failure, halved if the mapping says so, given up by its limits. */
async function deliver(batch: QueuedRecord[], options: LaneOptions): Promise<void> {
  const { mapping, now, signal } = options;
  const backoff = options.backoffMs ?? defaultBackoff;
  let rest = batch;
  let retries = 0;
  while (rest.length > 0 && !signal.aborted) {
    rest = dropTooOld(rest, options);
    const [first] = rest;
    if (!first) return;
    const records = rest.map(({ record }) => record);
    const result = await options.invoke(records);
    if (signal.aborted) return;
    const failedAt = firstFailure(records, result, mapping.reportsItemFailures);
    if (failedAt > 0) {
      options.onDone(records.slice(0, failedAt));
      rest = rest.slice(failedAt);
      // Progress was made: what failed now is a batch of its own, with all its retries.
      if (rest.length > 0) retries = 0;
      else return;
    }
    if (mapping.bisectsOnError && !result.ok && rest.length > 1) {
      await pause(jittered(backoff.first), signal);
      const middle = Math.ceil(rest.length / 2);
      await deliver(rest.slice(0, middle), options);
      await deliver(rest.slice(middle), options);
      return;
    }
    if (mapping.maxRetries >= 0 && retries >= mapping.maxRetries) {
      const given = rest.map(({ record }) => record);
      options.onDone(given, `retries exhausted after ${Math.round(now() - first.arrivedAt)} ms`);
      return;
    }
    await pause(jittered(Math.min(backoff.most, backoff.first * 2 ** retries)), signal);
    retries += 1;
  }
}

function dropTooOld(rest: QueuedRecord[], { mapping, now, onDone }: LaneOptions): QueuedRecord[] {
  if (mapping.maxAgeSeconds < 0) return rest;
  const oldest = now() - mapping.maxAgeSeconds * 1000;
  const old = rest.filter(({ arrivedAt }) => arrivedAt < oldest);
  if (old.length === 0) return rest;
  onDone(
    old.map(({ record }) => record),
    "older than the mapping's maximum age",
  );
  return rest.filter(({ arrivedAt }) => arrivedAt >= oldest);
}

function jittered(milliseconds: number): number {
  return milliseconds * (0.5 + Math.random() / 2);
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}
