const FIRST_MS = 1_000;
const MOST_MS = 30_000;

/**
 * How long to wait before the next attempt: full jitter, so that all who were cut off at once do not come back at once.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function waitMs(failures: number, random: () => number): number {
  return random() * Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
}
