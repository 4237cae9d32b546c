import type { Outcome, Refusal } from "./api.ts";
import { waitMs } from "./backoff.ts";
import { textIn } from "./json.ts";

const MOST_ATTEMPTS = 4;
/** No attempt begins later than this, however slow the earlier ones were: by then people are told. */
const LAST_ATTEMPT_MS = 8_000;

let whenWaiting: () => void = () => undefined;

/** What is to be said while a request waits for its next attempt. */
export function onWaiting(react: () => void): void {
  whenWaiting = react;
}

/**
 * Whether the same request may succeed in a moment: nothing came back, a dependency throttles (503), the gateway gave up
 * (502, 504) or throttles (429), or an earlier attempt is still running (`Idempotency-Key`). What a product rule decided
 * is final for now, even when it says when to come back (INV-9, INV-13).
 */
export function isPassing({ status, code, data }: Refusal): boolean {
  if (code === "idempotency-in-progress") return true;
  if (status === 429) return textIn(data, "rule") === "";
  return status === 0 || status === 502 || status === 503 || status === 504;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Sends a request that may be repeated, again while what refuses it passes: after `Retry-After` at the earliest, and with
 * growing waits. Gives up with the last refusal.
 */
export async function patiently(attempt: () => Promise<Outcome>): Promise<Outcome> {
  const since = Date.now();
  for (let failures = 0; ; failures += 1) {
    const outcome = await attempt();
    if (outcome.ok || !isPassing(outcome) || failures + 1 >= MOST_ATTEMPTS) return outcome;
    const wait = (outcome.retryAfterMs ?? 0) + waitMs(failures, Math.random);
    if (Date.now() - since + wait > LAST_ATTEMPT_MS) return outcome;
    whenWaiting();
    await sleep(wait);
  }
}
