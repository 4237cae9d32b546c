import { setTimeout as pause } from "node:timers/promises";
import { logger } from "../shell/logger.ts";
import type { Connections } from "./connections.ts";
import { inLanes } from "./in-lanes.ts";
import { sendInTime } from "./send-in-time.ts";
import { type SlowConnections, slowConnections } from "./slow-connections.ts";

/** What one connection is to receive, in order. */
export type Delivery = {
  readonly userId: string;
  readonly connectionId: string;
  readonly frames: readonly string[];
};

/** PostToConnection shares the account's request quota with the HTTP API. */
const LANES = 50;

/** A few deliveries share a lane, and so an open socket: a TLS handshake costs more than waiting for three others. */
const DELIVERIES_PER_LANE = 4;

/** A lane goes on with the next delivery when one takes longer. */
const LANE_PATIENCE_MS = 100;

/** How long a frame may take; of a connection that is tried once more; of one that has kept a batch waiting lately. */
const SEND_MS = 2_000;
const SEND_AGAIN_MS = 1_000;
const SEND_BRIEFLY_MS = 200;

/**
 * How long a batch repeats what was throttled or lost on the way, once everybody was sent to; then clients fetch what is
 * missing by `seq`. Where it is a few connections only, it is theirs, and the next batch does not wait that long for them.
 */
const RETRY_BUDGET_MS = 10_000;
const FEW_RETRY_BUDGET_MS = 2_000;
const FEW = 0.1;

/** Where so many are slow, and such a share of all, it is not they who are: none of them is given up or remembered for it. */
const GENERALLY_SLOW = 20;
const MANY = 0.2;

/** When a batch stops even first attempts: well before the relay's own end at 150 s, which would repeat all of it. */
const GIVE_UP_MS = 60_000;
const BACKOFF_MS = 50;

/** What is to be tried again is kept; of more, clients fetch what is missing. */
const MAX_KEPT = 10_000;

export type SendDeps = {
  readonly connections: Connections;
  readonly slow?: SlowConnections;
  /** Worth one short attempt, and nothing to anybody later. */
  readonly isFleeting?: boolean;
  readonly clock?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
};

/** A delivery that came to a halt before its frame number `from`. */
type Halted = Delivery & { readonly from: number; readonly wasSlow: boolean };

/**
 * Sends every delivery's frames, its own in order, and answers those whose connection is gone. First everybody is sent
 * to; only then, who did not take it in time is tried again, so that a slow connection delays nobody else's.
 */
export async function sendFrames(
  deps: SendDeps,
  deliveries: AsyncIterable<Delivery> | Iterable<Delivery>,
): Promise<Delivery[]> {
  const { connections, slow = slowConnections(), isFleeting = false, clock = Date.now, wait = pause } = deps;
  const startedAt = clock();
  const gone: Delivery[] = [];
  let halted: Halted[] = [];
  let sentTo = 0;
  let undelivered = 0;
  let isGenerallySlow = false;
  const late = new Set<string>();

  function halt(delivery: Delivery | Halted, from: number, isSlow: boolean): void {
    const wasSlow = "wasSlow" in delivery && delivery.wasSlow;
    const isGivenUp = isSlow && wasSlow && !isGenerallySlow;
    if (isGivenUp || halted.length >= MAX_KEPT) undelivered += delivery.frames.length - from;
    else halted.push({ ...delivery, from, wasSlow: wasSlow || isSlow });
  }

  async function deliver(delivery: Delivery | Halted): Promise<void> {
    const { connectionId, frames } = delivery;
    const isAgain = "from" in delivery;
    for (let index = isAgain ? delivery.from : 0; index < frames.length; index += 1) {
      if (clock() > startedAt + GIVE_UP_MS) return halt(delivery, index, false);
      const isBrief = isFleeting || slow.has(connectionId, clock());
      const isShort = isAgain && delivery.wasSlow && !isGenerallySlow;
      const ms = isBrief ? SEND_BRIEFLY_MS : isShort ? SEND_AGAIN_MS : SEND_MS;
      const sent = await sendInTime(connections, { connectionId, frame: frames[index] ?? "", ms });
      if (sent === "gone") return void gone.push(delivery);
      if (sent === "slow") late.add(connectionId);
      if (sent === "sent") {
        late.delete(connectionId);
        slow.clear(connectionId);
      }
      if (sent === "slow" || sent === "again") return halt(delivery, index, sent === "slow");
    }
  }

  const inTurn = (items: AsyncIterable<Delivery> | Iterable<Delivery>, work = deliver) =>
    inLanes(items, { lanes: LANES, itemsPerLane: DELIVERIES_PER_LANE, patienceMs: LANE_PATIENCE_MS, work });

  await inTurn(deliveries, (delivery) => {
    sentTo += 1;
    return deliver(delivery);
  });
  if (isFleeting) return gone;
  isGenerallySlow = late.size > Math.max(GENERALLY_SLOW, sentTo * MANY);
  const budget = halted.length <= Math.max(1, sentTo * FEW) ? FEW_RETRY_BUDGET_MS : RETRY_BUDGET_MS;
  const triedUntil = Math.min(startedAt + GIVE_UP_MS, clock() + budget);
  for (let count = 1; halted.length > 0; count += 1) {
    const backoff = Math.random() * BACKOFF_MS * 2 ** count;
    if (clock() + backoff > triedUntil) break;
    await wait(backoff);
    const again = halted;
    halted = [];
    await inTurn(again);
  }
  if (!isGenerallySlow) for (const connectionId of late) slow.note(connectionId, clock());
  for (const { frames, from } of halted) undelivered += frames.length - from;
  if (undelivered > 0) logger.warn("frames left to the clients", { undelivered });
  return gone;
}
