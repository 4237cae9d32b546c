import { VestibuleProblem } from "../problem.ts";
import { jitteredMs } from "./backoff.ts";
import type { Environment, Timer } from "./environment.ts";
import { type Link, LinkLost, openLink } from "./link.ts";
import { askedMs } from "./passing.ts";

const MINUTE_MS = 60_000;

/** A connection ends after two hours: the next one is opened before, and not by everybody at the same moment. */
const ROTATE_AFTER_MS = 110 * MINUTE_MS;
const ROTATE_SPREAD_MS = 5 * MINUTE_MS;

/** A connection on which nothing is sent ends after ten minutes. */
const PING_EVERY_MS = 4 * MINUTE_MS;

/** What was sent on a connection that is replaced may still be answered on it. */
const RETIRE_AFTER_MS = 10_000;

/** A connection that lasts less is a failure, too: it does not make the next attempt an early one. */
const LASTING_MS = 5_000;

const TICKET_TIMEOUT_MS = 30_000;

type TimerName = "next" | "rotate" | "ping" | "retire";

export type KeeperDeps<Event> = {
  environment: Environment;
  /** A fresh address with a ticket in it. */
  address: () => Promise<string>;
  replyTimeoutMs: number;
  onEvents: (events: Event[]) => void;
  /** A connection is there; it may be the first, a new one, or one that takes another's place. */
  onLink: (link: Link) => void;
  onLost: () => void;
  /** The service does not let this person in: there is no use in coming back. */
  onRefused: (problem: VestibuleProblem) => void;
};

function isFinal(error: unknown): error is VestibuleProblem {
  return error instanceof VestibuleProblem && [401, 403, 404].includes(error.status);
}

/** Keeps a live connection, for as long as it is not told to stop. */
export function keepConnected<Event>(deps: KeeperDeps<Event>) {
  const { environment } = deps;
  const links = new Set<Link>();
  const timers = new Map<TimerName, Timer>();
  let current: Link | undefined;
  let openedAt = 0;
  let attempt = 0;
  let isOpening = false;
  let isStopped = false;

  function set(name: TimerName, milliseconds: number, act: () => void): void {
    timers.get(name)?.cancel();
    timers.set(name, environment.after(milliseconds, act));
  }

  /** In time, or as if it had been refused. */
  function inTime<Value>(promise: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const timer = environment.after(TICKET_TIMEOUT_MS, () => reject(new LinkLost("No ticket in time.")));
      promise.then(resolve, reject).finally(() => timer.cancel());
    });
  }

  function ping(link: Link): void {
    set("ping", PING_EVERY_MS, () => {
      // Whatever is the matter, the connection closes if it gets no answer.
      link.request("ping").catch(() => undefined);
      if (link === current) ping(link);
    });
  }

  function retire(link: Link): void {
    set("retire", link.isIdle() ? 0 : RETIRE_AFTER_MS, () => link.close());
  }

  function adopt(link: Link): void {
    const former = current;
    current = link;
    openedAt = environment.now();
    ping(link);
    set("rotate", ROTATE_AFTER_MS + environment.random() * ROTATE_SPREAD_MS, open);
    deps.onLink(link);
    if (former !== undefined) retire(former);
  }

  function lost(link: Link): void {
    links.delete(link);
    if (link !== current || isStopped) return;
    current = undefined;
    if (environment.now() - openedAt >= LASTING_MS) attempt = 0;
    timers.get("rotate")?.cancel();
    timers.get("ping")?.cancel();
    deps.onLost();
    if (!isOpening) later();
  }

  function later(atLeastMs = 0): void {
    const milliseconds = Math.max(jitteredMs(attempt, environment.random()), atLeastMs);
    attempt += 1;
    set("next", milliseconds, open);
  }

  async function openOne(): Promise<void> {
    const url = await inTime(deps.address());
    if (isStopped) return;
    // Known only once it is open, and lost only after that.
    const opened: { link?: Link } = {};
    const link = await openLink<Event>(environment, url, {
      replyTimeoutMs: deps.replyTimeoutMs,
      isClosedBySilence: true,
      onEvents: (events) => {
        if (!isStopped) deps.onEvents(events);
      },
      onClose: () => {
        if (opened.link !== undefined) lost(opened.link);
      },
    });
    opened.link = link;
    if (isStopped || !link.isOpen()) {
      link.close();
      throw new LinkLost("The connection closed at once.");
    }
    links.add(link);
    adopt(link);
  }

  function open(): void {
    if (isOpening || isStopped) return;
    isOpening = true;
    timers.get("next")?.cancel();
    openOne().then(
      () => {
        isOpening = false;
        if (current === undefined && !isStopped) later();
      },
      (error: unknown) => {
        isOpening = false;
        if (isStopped) return;
        if (isFinal(error)) {
          stop();
          deps.onRefused(error);
          return;
        }
        later(askedMs(error));
      },
    );
  }

  function stop(): void {
    isStopped = true;
    for (const timer of timers.values()) timer.cancel();
    for (const link of links) link.close();
    current = undefined;
  }

  return {
    open,
    stop,
    link: () => current,
    /** Comes back at once: the platform says that the net is there again. */
    wake(): void {
      if (current !== undefined) return;
      attempt = 0;
      open();
    },
  };
}
