import type { VestibuleProblem } from "../problem.ts";
import type { Resumed } from "../types.ts";
import { jitteredMs } from "./backoff.ts";
import { createChannelReads, isGone, LOADED_AGAIN_MS, type ReadApi, type Verdict } from "./channel-reads.ts";
import type { Environment } from "./environment.ts";
import { type Link, LinkLost } from "./link.ts";
import { askedMs } from "./passing.ts";
import type { TrackedChannel } from "./tracked-channel.ts";

/** `api.md`: the channels that one `resume` may ask for. */
const CHANNELS_OF_A_FRAME = 100;

/** A read besides; `drop` tells who waits for it that it is not made. */
type Work = { make(): Promise<void>; drop(): void };

type SyncDeps = {
  environment: Environment;
  api: ReadApi;
  organizationId: string;
  link: () => Link | undefined;
};

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/**
 * Keeps channels up to date (MSG-4): whoever is due is asked for, many in one frame, with what follows their highest
 * contiguous `seq` and what was changed since they were last asked for.
 */
export function createChannelSync({ environment, api, organizationId, link }: SyncDeps) {
  const due = new Set<TrackedChannel>();
  const reads = createChannelReads({ environment, api, organizationId });
  const works = new Map<TrackedChannel, Work[]>();
  /** What an answer that is still on its way would ask for more of. */
  const forgotten = new WeakSet<TrackedChannel>();
  let isPumping = false;
  /** A time from which on a channel that is loaded now knows its changes. */
  let asOf: string | undefined;

  function want(channel: TrackedChannel): void {
    channel.timer?.cancel();
    channel.timer = undefined;
    due.add(channel);
    pump();
  }

  /** Unless it has just been asked in vain, and is to be asked again in a while. */
  function nudge(channel: TrackedChannel): void {
    if (channel.timer === undefined) want(channel);
  }

  function wantLater(channel: TrackedChannel, error?: unknown): void {
    // At least a while: what is on its way takes longer than asking does.
    const milliseconds = Math.max(askedMs(error), 200 + jitteredMs(channel.attempt, environment.random()));
    channel.attempt += 1;
    wantIn(channel, milliseconds);
  }

  function wantIn(channel: TrackedChannel, milliseconds: number): void {
    if (forgotten.has(channel)) return;
    channel.timer?.cancel();
    channel.timer = environment.after(milliseconds, () => want(channel));
  }

  function failed(channel: TrackedChannel, error: unknown): void {
    // A connection that was lost comes back, and asks for all.
    if (error instanceof LinkLost) due.add(channel);
    else if (isGone(error)) lose(channel, error);
    else wantLater(channel, error);
  }

  /** MSG-4, GST-9: what one may not see any more is not kept. */
  function lose(channel: TrackedChannel, problem: VestibuleProblem): void {
    channel.problem = problem;
    channel.log.forget();
    channel.typists.clear();
    channel.subscribers.tell();
  }

  async function exclusively(channels: readonly TrackedChannel[], work: () => Promise<void>): Promise<void> {
    for (const channel of channels) {
      channel.isBusy = true;
      due.delete(channel);
    }
    try {
      await work();
    } catch (error) {
      for (const channel of channels) failed(channel, error);
    } finally {
      for (const channel of channels) channel.isBusy = false;
      pump();
    }
  }

  async function ask(over: Link, channels: Record<string, number>, since?: string): Promise<Resumed> {
    const fields = { channels, ...(since !== undefined && { since }) };
    const resumed = await over.request<Resumed>("resume", fields);
    asOf = resumed.asOf ?? asOf;
    return resumed;
  }

  async function load(channel: TrackedChannel, over: Link): Promise<void> {
    // Known before the page is read, so that no change falls between the two.
    if (asOf === undefined) await ask(over, {});
    await reads.latest(channel, asOf);
    // The page may lag behind; what follows it is read surely.
    due.add(channel);
  }

  function next(channel: TrackedChannel, verdict: Verdict): void {
    if (verdict === "more") due.add(channel);
    if (verdict === "behind") wantLater(channel);
    if (verdict === "busy" && channel.timer === undefined) wantIn(channel, LOADED_AGAIN_MS);
    if (verdict === "complete") channel.attempt = 0;
  }

  async function resume(channels: readonly TrackedChannel[], over: Link): Promise<void> {
    const askedAt = environment.now();
    const known = channels.flatMap((channel) => channel.asOf ?? []).sort();
    const since = known.length === channels.length ? known[0] : undefined;
    const places = Object.fromEntries(channels.map(({ id, log }) => [id, log.upTo()]));
    const resumed = await ask(over, places, since);
    for (const channel of channels) {
      try {
        const missed = resumed.channels[channel.id];
        next(channel, await reads.take(channel, missed, { askedAt, asOf: resumed.asOf, since }));
      } catch (error) {
        failed(channel, error);
      }
      channel.subscribers.tell();
    }
  }

  function run(): void {
    for (const [channel, [work, ...rest]] of works) {
      if (channel.isBusy || work === undefined) continue;
      if (rest.length === 0) works.delete(channel);
      else works.set(channel, rest);
      void exclusively([channel], work.make);
    }
    const over = link();
    if (over?.isOpen() !== true) return;
    const ready = [...due].filter((channel) => !channel.isBusy && !forgotten.has(channel));
    for (const channel of ready) {
      if (!channel.log.isLoaded()) void exclusively([channel], () => load(channel, over));
    }
    for (const some of chunks(
      ready.filter(({ log }) => log.isLoaded()),
      CHANNELS_OF_A_FRAME,
    )) {
      void exclusively(some, () => resume(some, over));
    }
  }

  /** Soon, so that all that are due in one go are asked for in one frame. */
  function pump(): void {
    if (isPumping) return;
    isPumping = true;
    queueMicrotask(() => {
      isPumping = false;
      run();
    });
  }

  return {
    want,
    nudge,
    /** A message whose event could not carry it. */
    reread(channel: TrackedChannel, seq: number): void {
      const make = () => reads.one(channel, seq);
      works.set(channel, [...(works.get(channel) ?? []), { make, drop: () => undefined }]);
      pump();
    },
    /** Another read of the channel, when no other is under way. */
    read<Value>(channel: TrackedChannel, work: () => Promise<Value>): Promise<Value> {
      return new Promise((resolve, reject) => {
        const make = () => work().then(resolve, reject);
        const drop = () => reject(new Error("The channel is not kept up with any more."));
        works.set(channel, [...(works.get(channel) ?? []), { make, drop }]);
        pump();
      });
    },
    forget(channel: TrackedChannel): void {
      forgotten.add(channel);
      channel.timer?.cancel();
      due.delete(channel);
      for (const { drop } of works.get(channel) ?? []) drop();
      works.delete(channel);
    },
  };
}

export type ChannelSync = ReturnType<typeof createChannelSync>;
