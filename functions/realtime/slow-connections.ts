/** How long a connection that was slow once is given less time. */
const PROBATION_MS = 30_000;

/** So many are remembered; the oldest are forgotten first. */
const MAX_KNOWN = 5_000;

/** The connections that kept a batch waiting lately, so that they do not keep the next one waiting as long. */
export type SlowConnections = {
  has(connectionId: string, now: number): boolean;
  note(connectionId: string, now: number): void;
  clear(connectionId: string): void;
};

/** A container's memory of them. */
export function slowConnections(): SlowConnections {
  const until = new Map<string, number>();
  return {
    has: (connectionId, now) => (until.get(connectionId) ?? 0) > now,
    note(connectionId, now) {
      until.delete(connectionId);
      until.set(connectionId, now + PROBATION_MS);
      const [oldest] = until.keys();
      if (until.size > MAX_KNOWN && oldest !== undefined) until.delete(oldest);
    },
    clear: (connectionId) => void until.delete(connectionId),
  };
}
