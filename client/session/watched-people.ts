import type { Status } from "../types.ts";
import { jitteredMs } from "./backoff.ts";
import type { Environment, Timer } from "./environment.ts";
import { type Link, LinkLost } from "./link.ts";
import { askedMs } from "./passing.ts";
import { createSubscribers } from "./subscribers.ts";

/** What one connection may watch. */
const MOST_WATCHED = 100;

/** A status that ends far ahead is asked for again by then at the latest: timers are no calendars. */
const LONGEST_MS = 86_400_000;

type WatchDeps = {
  environment: Environment;
  link: () => Link | undefined;
};

/** PRS-3: how the people are whom one looks at. */
export function createWatchedPeople({ environment, link }: WatchDeps) {
  const statuses = new Map<string, Status>();
  const subscribers = createSubscribers();
  let watched: string[] = [];
  let attempt = 0;
  let timer: Timer | undefined;
  let isAsking = false;
  let isOutdated = false;

  function endOf({ until, custom }: Status): number[] {
    return [until, custom?.until].flatMap((end) => (end === undefined ? [] : [Date.parse(end)]));
  }

  /** What has an end is asked for when it comes. */
  function awaitEnd(): void {
    timer?.cancel();
    const now = environment.now();
    const ends = [...statuses.values()].flatMap(endOf).filter((end) => end > now);
    if (ends.length === 0) return;
    timer = environment.after(Math.min(Math.min(...ends) - now + 1, LONGEST_MS), () => void refresh());
  }

  function take(list: readonly Status[]): void {
    for (const status of list) if (watched.includes(status.userId)) statuses.set(status.userId, status);
    awaitEnd();
    subscribers.tell();
  }

  /** The reply tells how they are; a connection that is lost meanwhile asks again with the next. */
  async function ask(): Promise<void> {
    try {
      const watching = link()?.request<{ statuses?: Status[] }>("status", { watch: watched });
      take((await watching)?.statuses ?? []);
      attempt = 0;
    } catch (error) {
      if (error instanceof LinkLost) return;
      attempt += 1;
      timer?.cancel();
      const milliseconds = Math.max(askedMs(error), 1_000 + jitteredMs(attempt, environment.random()));
      timer = environment.after(milliseconds, () => void refresh());
    }
  }

  /** One question at a time: the service answers several in any order, and the last it hears would not be the last asked. */
  async function refresh(): Promise<void> {
    isOutdated = isAsking;
    if (isAsking) return;
    isAsking = true;
    await ask();
    isAsking = false;
    if (isOutdated) await refresh();
  }

  return {
    subscribe: subscribers.subscribe,
    take,
    /** PRS-2: a text whose end has come is not shown, whatever was heard of it. */
    of(userId: string): Status | undefined {
      const status = statuses.get(userId);
      if (status?.custom?.until === undefined) return status;
      const { custom, ...rest } = status;
      return Date.parse(custom.until ?? "") > environment.now() ? status : rest;
    },
    watch(userIds: readonly string[]): void {
      watched = [...new Set(userIds)].slice(0, MOST_WATCHED);
      for (const userId of [...statuses.keys()]) if (!watched.includes(userId)) statuses.delete(userId);
      void refresh();
    },
    connected(): void {
      if (watched.length > 0) void refresh();
    },
    stop(): void {
      timer?.cancel();
      watched = [];
    },
  };
}
