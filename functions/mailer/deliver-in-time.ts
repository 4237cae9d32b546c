import type { Delivery } from "./delivery.ts";

/** The invocation's time, as Lambda tells it, and the clock. */
export type Time = {
  readonly now: () => number;
  readonly remainingMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
};

/** What an attempt needs at most, within reason: SES's 5.5 s and a few writes. */
const RESERVE_MS = 8_000;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;

/** The clock is looked at this often, since a wait's end may come closer than it was. */
const LOOK_MS = 250;

function pauseMs(count: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** count, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);
}

async function waitUntil(at: number, time: Time): Promise<void> {
  while (time.now() < at && time.remainingMs() > RESERVE_MS) {
    await time.wait(Math.min(at - time.now(), LOOK_MS));
  }
}

/**
 * Repeats an attempt until it comes to something or the invocation's time runs short. Waiting here, for SES's rate or
 * for the end of a dead mailer's lease, spares the stream's retries, which come at once.
 * @returns the last outcome; `undefined` if there was no time for a single attempt
 */
export async function deliverInTime(
  attempt: () => Promise<Delivery>,
  time: Time,
): Promise<Delivery | undefined> {
  let last: Delivery | undefined;
  for (let count = 0; time.remainingMs() > RESERVE_MS; count += 1) {
    last = await attempt();
    if (last.kind !== "later") return last;
    await waitUntil(Math.max(last.at, time.now() + pauseMs(count)), time);
  }
  return last;
}
