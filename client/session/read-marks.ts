import { jitteredMs } from "./backoff.ts";
import type { Environment, Timer } from "./environment.ts";
import { type Link, LinkLost } from "./link.ts";
import { askedMs, isPassing } from "./passing.ts";

type MarksDeps = {
  environment: Environment;
  link: () => Link | undefined;
  /** The service does not take it: what is shown of it is wrong. */
  onRefused: () => void;
};

/** CH-11, MSG-11: how far one has read, told until the service knows it; the latest mark is enough. */
export function createReadMarks({ environment, link, onRefused }: MarksDeps) {
  const wanted = new Map<string, number>();
  const onTheirWay = new Set<string>();
  const timers = new Map<string, Timer>();
  let attempt = 0;

  function settled(channelId: string, seq: number): void {
    if (wanted.get(channelId) === seq) wanted.delete(channelId);
    onTheirWay.delete(channelId);
    flush();
  }

  async function send(channelId: string, seq: number, over: Link): Promise<void> {
    onTheirWay.add(channelId);
    try {
      await over.request("read", { channelId, seq });
      attempt = 0;
      settled(channelId, seq);
    } catch (error) {
      if (error instanceof LinkLost) {
        onTheirWay.delete(channelId);
        flush();
      } else if (isPassing(error)) {
        attempt += 1;
        const milliseconds = Math.max(askedMs(error), jitteredMs(attempt, environment.random()));
        const again = () => {
          timers.delete(channelId);
          onTheirWay.delete(channelId);
          flush();
        };
        timers.set(channelId, environment.after(milliseconds, again));
      } else {
        settled(channelId, seq);
        onRefused();
      }
    }
  }

  function flush(): void {
    const over = link();
    if (over?.isOpen() !== true) return;
    for (const [channelId, seq] of wanted) {
      if (!onTheirWay.has(channelId)) void send(channelId, seq, over);
    }
  }

  return {
    flush,
    isOnItsWay: (channelId: string): boolean => wanted.has(channelId),
    read(channelId: string, seq: number): void {
      wanted.set(channelId, Math.max(seq, wanted.get(channelId) ?? 0));
      flush();
    },
    stop(): void {
      for (const timer of timers.values()) timer.cancel();
      timers.clear();
      wanted.clear();
    },
  };
}
