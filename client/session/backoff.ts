const SHORTEST_MS = 250;
const LONGEST_MS = 30_000;

/**
 * Full jitter: anywhere up to a bound that doubles with each attempt, so that all who lost the service at the same
 * moment do not come back at the same moment.
 */
export function jitteredMs(attempt: number, random: number): number {
  return random * Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(attempt, 10));
}
