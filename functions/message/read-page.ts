import type { ChannelKey } from "../table/channel-heads.ts";
import type { Message } from "../table/messages.ts";
import { closeHoles } from "./close-holes.ts";
import type { MessageLog } from "./message-log.ts";

/** Messages in rising order, and whether more follow in the direction of reading. */
export type MessagePage = { readonly ascending: Message[]; readonly isMore: boolean };

/** The page that follows `after`: what somebody who was away is missing (MSG-4). Read strongly, so that nothing is missed. */
export async function pageAfter(
  log: MessageLog,
  channel: ChannelKey,
  { after, limit, now }: { after: number; limit: number; now: number },
): Promise<MessagePage> {
  const read = await log.list(channel, {
    from: after + 1,
    limit: limit + 1,
    isNewestFirst: false,
    isConsistent: true,
  });
  const visible = await closeHoles(log, channel, read.messages, { from: after + 1, now });
  // Cut short by a hole that is still open, more will come, but not now: the event of that message tells.
  const isCut = visible.at(-1)?.seq !== read.messages.at(-1)?.seq;
  const ascending = visible.slice(0, limit);
  return { ascending, isMore: visible.length > limit || (!read.isLast && !isCut) };
}

/** The page that precedes `before`, or the latest: newest first in pages of at most `limit` (MSG-5). */
export async function pageBefore(
  log: MessageLog,
  channel: ChannelKey,
  { before, limit, now }: { before: number | undefined; limit: number; now: number },
): Promise<MessagePage> {
  // With `before` itself, if it is there: only then are missing ones below it holes and not the end of the channel.
  const read = await log.list(channel, {
    ...(before === undefined ? {} : { to: before }),
    limit: limit + 1,
    isNewestFirst: true,
    isConsistent: false,
  });
  const ascending = read.messages.toReversed();
  const lowest = ascending[0]?.seq ?? 1;
  const from = read.isLast ? 1 : lowest;
  const visible = await closeHoles(log, channel, ascending, { from, now });
  const below = visible.filter((message) => before === undefined || message.seq < before);
  const page = below.slice(-limit);
  const isFirst = (page[0]?.seq ?? 1) === 1;
  return { ascending: page, isMore: !isFirst && (below.length > limit || !read.isLast) };
}

/** The page around a message; `isMore` tells of older ones. */
export async function pageAround(
  log: MessageLog,
  channel: ChannelKey,
  { around, limit, now }: { around: number; limit: number; now: number },
): Promise<MessagePage> {
  const newer = Math.ceil(limit / 2);
  const [upper, lower] = await Promise.all([
    pageAfter(log, channel, { after: around - 1, limit: newer, now }),
    pageBefore(log, channel, { before: around, limit: Math.max(1, limit - newer), now }),
  ]);
  // With a hole still open below, what is above it is not visible yet; what the plan has deleted is none.
  const isJoined =
    (lower.ascending.at(-1)?.seq ?? 0) === around - 1 || (await log.deletedTo(channel)) >= around - 1;
  const ascending = isJoined ? [...lower.ascending, ...upper.ascending] : lower.ascending;
  return { ascending: ascending.slice(0, limit), isMore: lower.isMore };
}
