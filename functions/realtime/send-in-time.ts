import type { Connections, Sent } from "./connections.ts";

/** `slow`: not done in time, so that the frame may have arrived or not. */
export type SentInTime = Sent | "slow";

/** Sends one frame, and waits for it no longer than `ms`. */
export async function sendInTime(
  connections: Connections,
  { connectionId, frame, ms }: { connectionId: string; frame: string; ms: number },
): Promise<SentInTime> {
  const late = Promise.withResolvers<"slow">();
  const giveUp = new AbortController();
  const timer = setTimeout(() => {
    // Whoever has no time to read is not told from who does not answer: what has come by now is read first.
    setImmediate(() => {
      late.resolve("slow");
      giveUp.abort();
    });
  }, ms);
  try {
    return await Promise.race([connections.send(connectionId, frame, giveUp.signal), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
