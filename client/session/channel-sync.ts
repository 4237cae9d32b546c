import type { VestibuleClient } from "../http.ts";
import { problemFrom, VestibuleProblem } from "../problem.ts";
import type { Message, Missed, Resumed } from "../types.ts";
import { jitteredMs } from "./backoff.ts";
import type { Environment } from "./environment.ts";
import { type Link, LinkLost } from "./link.ts";
import { askedMs } from "./passing.ts";
import type { TrackedChannel } from "./tracked-channel.ts";

/** `api.md`: the channels that one `resume` may ask for. */
const CHANNELS_OF_A_FRAME = 100;

/** Somebody who missed more messages than this begins with the latest page again. */
const MOST_MISSED = 1_000;

/** Questions after something that was heard of: a message on its way is there, or a marker in its place, after 5 s. */
const MOST_ATTEMPTS = 7;

/** Messages that are read one by one after an answer; the rest after the next. */
const MOST_SINGLE_READS = 20;

/** A channel that changes faster than one answer tells is loaded anew no more often than this. */
const LOADED_AGAIN_MS = 90_000;

export const PAGE = 50;

export type SyncApi = Pick<VestibuleClient, "listMessages" | "getMessage">;

type SyncDeps = {
  environment: Environment;
  api: SyncApi;
  organizationId: string;
  link: () => Link | undefined;
};

function isGone(error: unknown): error is VestibuleProblem {
  return error instanceof VestibuleProblem && [401, 403, 404, 410].includes(error.status);
}

export function ascending(messages: readonly Message[]): Message[] {
  return [...messages].sort((one, other) => one.seq - other.seq);
}

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
  const works = new Map<TrackedChannel, (() => Promise<void>)[]>();
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
    const known = asOf;
    const page = await api.listMessages(organizationId, channel.id, { limit: PAGE });
    channel.log.load(ascending(page.items), page.nextCursor !== null);
    channel.asOf = known;
    channel.problem = undefined;
    channel.missed = 0;
    channel.subscribers.tell();
    // The page may lag behind; what follows it is read surely.
    due.add(channel);
  }

  /** Reads one by one what an answer left open. */
  async function readOne(channel: TrackedChannel, seq: number): Promise<void> {
    const askedAt = environment.now();
    try {
      channel.log.addSnapshots([await api.getMessage(organizationId, channel.id, seq)]);
      channel.log.settle([seq], askedAt);
      channel.subscribers.tell();
    } catch (error) {
      if (!isGone(error)) throw error;
      channel.log.drop(seq);
    }
  }

  async function take(
    channel: TrackedChannel,
    missed: Missed | undefined,
    { askedAt, asOf }: { askedAt: number; asOf: string | undefined },
  ): Promise<void> {
    const { log } = channel;
    if (missed === undefined) return wantLater(channel);
    if ("problem" in missed) throw problemFrom(missed.problem.status, missed.problem);
    const { messages, more, changed = [], moreChanged = false } = missed;
    const before = log.upTo();
    log.addMissed(messages);
    log.addSnapshots(changed);
    log.settle(new Set([...messages, ...changed].map(({ seq }) => seq)), askedAt);
    channel.missed = more ? channel.missed + messages.length : 0;
    const isAgain = askedAt < channel.expiredAt + LOADED_AGAIN_MS;
    if (channel.missed > MOST_MISSED || (moreChanged && !isAgain)) {
      // Too much has passed: the latest page is read again, and older ones as they are asked for.
      channel.expiredAt = environment.now();
      log.expire();
      due.add(channel);
      return;
    }
    // What was changed until then, it knows: the rest is asked for again from there.
    if (!moreChanged) channel.asOf = asOf ?? channel.asOf;
    for (const seq of log.unsettled(askedAt).slice(0, MOST_SINGLE_READS)) await readOne(channel, seq);
    if (log.upTo() > before) channel.attempt = 0;
    if (more) due.add(channel);
    else if (!log.isBehind()) {
      channel.attempt = 0;
      if (moreChanged) channel.timer ??= environment.after(LOADED_AGAIN_MS, () => want(channel));
    } else if (channel.attempt < MOST_ATTEMPTS) wantLater(channel);
    else {
      log.unhear();
      channel.attempt = 0;
      if (log.isBehind()) wantLater(channel);
    }
  }

  async function resume(channels: readonly TrackedChannel[], over: Link): Promise<void> {
    const askedAt = environment.now();
    const known = channels.flatMap((channel) => channel.asOf ?? []).sort();
    const since = known.length === channels.length ? known[0] : undefined;
    const places = Object.fromEntries(channels.map(({ id, log }) => [id, log.upTo()]));
    const resumed = await ask(over, places, since);
    for (const channel of channels) {
      try {
        await take(channel, resumed.channels[channel.id], { askedAt, asOf: resumed.asOf });
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
      void exclusively([channel], work);
    }
    const over = link();
    if (over?.isOpen() !== true) return;
    const ready = [...due].filter(({ isBusy }) => !isBusy);
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
      works.set(channel, [...(works.get(channel) ?? []), () => readOne(channel, seq)]);
      pump();
    },
    /** Another read of the channel, when no other is under way. */
    read<Value>(channel: TrackedChannel, work: () => Promise<Value>): Promise<Value> {
      return new Promise((resolve, reject) => {
        const whole = () => work().then(resolve, reject);
        works.set(channel, [...(works.get(channel) ?? []), whole]);
        pump();
      });
    },
    forget(channel: TrackedChannel): void {
      channel.timer?.cancel();
      due.delete(channel);
      works.delete(channel);
    },
  };
}

export type ChannelSync = ReturnType<typeof createChannelSync>;
