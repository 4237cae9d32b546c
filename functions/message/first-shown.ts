import type { ChannelKey } from "../table/channel-heads.ts";
import { isHidden } from "./history-limit.ts";
import type { MessageLog } from "./message-log.ts";

/**
 * Where the messages begin that are still shown, of a channel whose message at `hidden` is not: messages are in the order
 * of time, so that it is found by halving (SEAT-7). `undefined` if none is shown.
 */
export async function firstShown(
  log: Pick<MessageLog, "list">,
  channel: ChannelKey,
  { hidden, since }: { hidden: number; since: number },
): Promise<number | undefined> {
  const one = { limit: 1, isConsistent: false };
  const [newest] = (await log.list(channel, { ...one, isNewestFirst: true })).messages;
  if (newest === undefined || isHidden(newest, since)) return undefined;
  let [low, high] = [hidden, newest.seq];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const [found] = (await log.list(channel, { ...one, from: middle, isNewestFirst: false })).messages;
    if (found !== undefined && isHidden(found, since)) low = found.seq;
    else high = middle;
  }
  return high;
}
