/** How often somebody's typing in a channel is told at most. */
const PACE_MS = 2_000;

/** So many are remembered; then all are forgotten, which tells of a few once more. */
const MAX_KNOWN = 10_000;

const toldAt = new Map<string, number>();

/** Whether it is time to tell of somebody's typing again; notes that it is told then. By container. */
export function isTimeToTell(userId: string, channelId: string, now: number): boolean {
  const key = `${userId} ${channelId}`;
  const last = toldAt.get(key);
  // A clock that was set back makes nobody silent for longer.
  if (last !== undefined && now >= last && now < last + PACE_MS) return false;
  if (toldAt.size >= MAX_KNOWN) toldAt.clear();
  toldAt.set(key, now);
  return true;
}
