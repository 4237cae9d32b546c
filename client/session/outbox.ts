import { VestibuleProblem } from "../problem.ts";
import type { Message, NewMessage, NotInChannel, PostedMessage } from "../types.ts";
import { jitteredMs } from "./backoff.ts";
import type { Environment, Timer } from "./environment.ts";
import { createFallback } from "./fallback.ts";
import { type Link, LinkLost } from "./link.ts";
import { askedMs, isPassing } from "./passing.ts";

/** A message that is not acknowledged yet. */
export type PendingPost = NewMessage & { channelId: string; nonce: string };

/**
 * `duplicate`: it had been stored before, which is not told by HTTP; `notInChannel`: those whom the text mentions in vain
 * (MSG-10).
 */
export type Posted = { message: Message; duplicate: boolean; notInChannel?: NotInChannel[] };

/** Keeps what is not acknowledged where it outlives the session: in a browser's storage, for one. */
export type OutboxStore = {
  load(): Promise<PendingPost[]>;
  save(posts: readonly PendingPost[]): void;
};

type Entry = {
  post: PendingPost;
  attempt: number;
  isSent: boolean;
  /** What it waits for is the net, and not what the service has asked for. */
  isNetAway: boolean;
  timer?: Timer;
  promise: Promise<Posted>;
  resolve: (posted: Posted) => void;
  reject: (error: unknown) => void;
};

/** A frame holds 32 KB, and the gateway ends the connection that brings a larger one. */
const LARGEST_FRAME_BYTES = 32_000;

/** A token may just have run out; another one is asked for with each request. */
const TOKENS_TRIED = 3;

type OutboxDeps = {
  environment: Environment;
  link: () => Link | undefined;
  /** For when no connection is to be had, and for what is too large for a frame: 16 000 characters are up to 64 KB. */
  postByHttp: (channelId: string, message: NewMessage) => Promise<PostedMessage>;
  /** How long a post waits for a connection. */
  httpAfterMs: number;
  /** Called when the service has it, before the author is told. */
  onPosted: (posted: Posted) => void;
  onChange: (channelId: string) => void;
  /** The service does not know any more who asks: what waits is for the next session to post. */
  onSignedOut: (problem: VestibuleProblem) => void;
  store?: OutboxStore | undefined;
};

/**
 * MSG-3, MSG-4: a post is sent until it is acknowledged or refused, over as many connections as that takes, and by HTTP
 * where there is none for a while; its nonce makes it the same message. Those of one channel go one after the other, so
 * that they stand in the order in which they were written.
 */
export function createOutbox(deps: OutboxDeps) {
  const { environment, link, postByHttp, onPosted, onChange, onSignedOut, store } = deps;
  const fallback = createFallback(environment, deps.httpAfterMs, () => flush());
  const entries = new Map<string, Entry>();
  let closed: Error | undefined;
  /** Until the store is read, nothing is written over what it has. */
  let isRestored = false;
  let givenUp: PendingPost[] = [];

  const posts = (): PendingPost[] => [...entries.values()].map(({ post }) => post);

  function saved(channelId: string): void {
    if (isRestored) store?.save(posts());
    onChange(channelId);
  }

  function finish({ post, timer }: Entry): void {
    timer?.cancel();
    entries.delete(post.nonce);
    saved(post.channelId);
    flush();
  }

  async function deliver({ channelId, ...message }: PendingPost, over: Link | undefined): Promise<Posted> {
    const frame = { channelId, ...message };
    const bytes = new TextEncoder().encode(JSON.stringify(frame)).length;
    if (over !== undefined && bytes <= LARGEST_FRAME_BYTES) return await over.request<Posted>("post", frame);
    const { notInChannel, ...posted } = await postByHttp(channelId, message);
    return { message: posted, duplicate: false, ...(notInChannel !== undefined && { notInChannel }) };
  }

  async function send(entry: Entry, over: Link | undefined): Promise<void> {
    entry.isSent = true;
    try {
      const reply = await deliver(entry.post, over);
      const { message, duplicate, notInChannel } = reply;
      const posted = { message, duplicate, ...(notInChannel !== undefined && { notInChannel }) };
      // Its acknowledgement may have come over the connection before.
      if (!entries.has(entry.post.nonce)) return;
      onPosted(posted);
      finish(entry);
      entry.resolve(posted);
    } catch (error) {
      if (!entries.has(entry.post.nonce)) return;
      entry.isSent = false;
      if (error instanceof LinkLost) flush();
      // What the service has not refused is not lost: the net, whatever it says instead of the service, a token to come.
      else if (isPassing(error) || !(error instanceof VestibuleProblem)) retryLater(entry, error);
      else if (error.status !== 401) {
        finish(entry);
        entry.reject(error);
      } else if (entry.attempt < TOKENS_TRIED) retryLater(entry, error);
      else onSignedOut(error);
    }
  }

  function retryLater(entry: Entry, error: unknown): void {
    const milliseconds = Math.max(askedMs(error), jitteredMs(entry.attempt, environment.random()));
    entry.attempt += 1;
    entry.isNetAway = !(error instanceof VestibuleProblem);
    entry.timer = environment.after(milliseconds, () => {
      delete entry.timer;
      flush();
    });
  }

  /** Sends the first of each channel that is neither on its way nor waiting. */
  function flush(): void {
    const current = link();
    const over = current?.isOpen() === true ? current : undefined;
    if (over !== undefined || entries.size === 0) fallback.reset();
    else if (!fallback.isDue()) return;
    const channels = new Set<string>();
    for (const entry of entries.values()) {
      const { channelId } = entry.post;
      if (channels.has(channelId)) continue;
      channels.add(channelId);
      if (!entry.isSent && entry.timer === undefined) void send(entry, over);
    }
  }

  function add(post: PendingPost): Promise<Posted> {
    if (closed !== undefined) return Promise.reject(closed);
    const known = entries.get(post.nonce);
    if (known !== undefined) return known.promise;
    const { promise, resolve, reject } = Promise.withResolvers<Posted>();
    entries.set(post.nonce, { post, attempt: 0, isSent: false, isNetAway: false, promise, resolve, reject });
    saved(post.channelId);
    flush();
    return promise;
  }

  /** A store that cannot be read keeps nobody from posting. */
  async function stored(): Promise<PendingPost[]> {
    try {
      return (await store?.load()) ?? [];
    } catch {
      return [];
    }
  }

  return {
    /** A connection is there: what has waited for the net goes at once. */
    connected(): void {
      for (const entry of entries.values()) {
        if (!entry.isNetAway) continue;
        entry.timer?.cancel();
        delete entry.timer;
        entry.isNetAway = false;
        entry.attempt = 0;
      }
      flush();
    },
    post(channelId: string, message: NewMessage): Promise<Posted> {
      return add({ nonce: environment.nonce(), ...message, channelId });
    },
    /** What a former session could not get acknowledged. */
    async restore(): Promise<void> {
      const kept = await stored();
      isRestored = true;
      if (closed !== undefined) {
        if (givenUp.length > 0) store?.save([...kept, ...givenUp]);
        return;
      }
      // Nobody waits for it any more; a refusal has been told to whom it concerns by its absence.
      for (const post of kept) add(post).catch(() => undefined);
      if (kept.length === 0 && entries.size > 0) store?.save(posts());
    },
    pending: (channelId: string): PendingPost[] =>
      [...entries.values()].flatMap(({ post }) => (post.channelId === channelId ? [post] : [])),
    /** Gives everything up; a store still has it. */
    close(error: Error): void {
      closed = error;
      fallback.reset();
      if (!isRestored) givenUp = posts();
      for (const { timer, reject } of entries.values()) {
        timer?.cancel();
        reject(error);
      }
      entries.clear();
    },
  };
}

export type Outbox = ReturnType<typeof createOutbox>;
