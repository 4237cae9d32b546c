import { setTimeout as pause } from "node:timers/promises";
import { logger } from "../shell/logger.ts";
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

/** A few deliveries share a lane, and so an open socket: a TLS handshake costs more than waiting for three others. */
const DELIVERIES_PER_LANE = 4;

/** How long a batch repeats what was throttled or lost on the way; then clients fetch what is missing by `seq`. */
const RETRY_BUDGET_MS = 10_000;

/** When a batch stops even first attempts: well before the relay's own end at 60 s, which would repeat all of it. */
const GIVE_UP_MS = 30_000;
const BACKOFF_MS = 50;

export type SendDeps = {
  readonly connections: Connections;
  readonly clock?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
};

/** Sends every delivery's frames, its own in order, and answers those whose connection is gone. */
export async function sendFrames(deps: SendDeps, deliveries: readonly Delivery[]): Promise<Delivery[]> {
  const { connections, clock = Date.now, wait = pause } = deps;
  const startedAt = clock();
  const gone: Delivery[] = [];
  let undelivered = 0;

  async function sendOne(connectionId: string, frame: string): Promise<Sent> {
    if (clock() > startedAt + GIVE_UP_MS) return "again";
    for (let count = 1; ; count += 1) {
      const sent = await connections.send(connectionId, frame);
      const backoff = Math.random() * BACKOFF_MS * 2 ** count;
      if (sent !== "again" || clock() + backoff > startedAt + RETRY_BUDGET_MS) return sent;
      await wait(backoff);
    }
  }

  const lanes = Math.min(CONCURRENCY, Math.ceil(deliveries.length / DELIVERIES_PER_LANE));
  await inParallel(deliveries, lanes, async (delivery) => {
    for (const frame of delivery.frames) {
      const sent = await sendOne(delivery.connectionId, frame);
      if (sent === "again") undelivered += 1;
      if (sent !== "gone") continue;
      gone.push(delivery);
      return;
    }
  });
  if (undelivered > 0) logger.warn("frames left to the clients", { undelivered });
  return gone;
}
