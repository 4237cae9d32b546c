import { setTimeout as pause } from "node:timers/promises";
import type { Connections, Sent } from "./connections.ts";
import { inParallel } from "./in-parallel.ts";

/** What one connection is to receive, in order. */
export type Delivery = {
  readonly userId: string;
  readonly connectionId: string;
  readonly frames: readonly string[];
};

/** PostToConnection shares the account's request quota with the HTTP API. */
const CONCURRENCY = 50;

/** How long a batch may wait out throttling, all in all; then clients fetch what is missing by themselves. */
const RETRY_BUDGET_MS = 2_000;
const BACKOFF_MS = 100;

export type SendDeps = {
  readonly connections: Connections;
  readonly clock?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
};

/** Sends every delivery's frames, its own in order, and answers those whose connection is gone. */
export async function sendFrames(deps: SendDeps, deliveries: readonly Delivery[]): Promise<Delivery[]> {
  const { connections, clock = Date.now, wait = pause } = deps;
  const deadline = clock() + RETRY_BUDGET_MS;
  const gone: Delivery[] = [];

  async function sendOne(connectionId: string, frame: string): Promise<Sent> {
    for (let count = 1; ; count += 1) {
      const sent = await connections.send(connectionId, frame);
      const backoff = Math.random() * BACKOFF_MS * 2 ** count;
      if (sent !== "throttled" || clock() + backoff > deadline) return sent;
      await wait(backoff);
    }
  }

  await inParallel(deliveries, CONCURRENCY, async (delivery) => {
    for (const frame of delivery.frames) {
      if ((await sendOne(delivery.connectionId, frame)) !== "gone") continue;
      gone.push(delivery);
      return;
    }
  });
  return gone;
}
