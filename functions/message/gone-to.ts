import { visibleSince } from "@vestibule/domain/plans";
import { inParallel } from "../realtime/in-parallel.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import { listMessages, type Span } from "../table/messages.ts";
import type { Table } from "../table/table.ts";
import { firstShown } from "./first-shown.ts";
import { historyDaysOf, isHidden } from "./history-limit.ts";

/** A channel as its head tells of it, and how far somebody has read it. */
export type Marked = {
  readonly channelId: string;
  readonly lastSeq: number;
  readonly lastReadSeq: number;
  /** Up to here the plan has deleted messages. */
  readonly deletedTo: number;
};

/** How long a container takes a message that it saw for shown. */
const KEPT_MS = 60_000;

/** Channels of which a container remembers what is hidden; then it forgets them all. */
const MOST_KEPT = 10_000;

const AT_ONCE = 10;

/** Of a channel: the latest message known to be hidden, and the first known to be shown, as it was a moment ago. */
type Border = {
  readonly days: number;
  readonly hidden: number;
  readonly shown: number;
  readonly until: number;
};

const borders = new WeakMap<Table, Map<string, Border>>();

const nameOf = ({ organizationId, channelId }: ChannelKey): string => `${organizationId} ${channelId}`;

function keep(table: Table, channel: ChannelKey, border: Border): void {
  const known = borders.get(table) ?? new Map<string, Border>();
  borders.set(table, known);
  if (known.size >= MOST_KEPT) known.clear();
  known.set(nameOf(channel), border);
}

type Asked = { readonly from: number; readonly lastSeq: number; readonly days: number; readonly now: number };

/** Up to where the history hides a channel's messages to somebody who has read it to `from`: `from` if none that follows. */
async function hiddenTo(
  table: Table,
  channel: ChannelKey,
  { from, lastSeq, days, now }: Asked,
): Promise<number> {
  const found = borders.get(table)?.get(nameOf(channel));
  const { hidden = 0, shown = Number.MAX_SAFE_INTEGER, until = 0 } = found?.days === days ? found : {};
  const start = Math.max(from, hidden);
  const isFresh = now < until && now >= until - KEPT_MS;
  const since = visibleSince(days, now);
  if (since === null || start >= lastSeq || (isFresh && start + 1 >= shown)) return start;
  const list = (_channel: ChannelKey, span: Span) => listMessages(table, channel, span);
  const span = { from: start + 1, limit: 1, isNewestFirst: false, isConsistent: false };
  const [next] = (await list(channel, span)).messages;
  if (next === undefined) return start;
  if (!isHidden(next, since)) {
    keep(table, channel, { days, hidden, shown: next.seq, until: now + KEPT_MS });
    return start;
  }
  const first = (await firstShown({ list }, channel, { hidden: next.seq, since })) ?? lastSeq + 1;
  keep(table, channel, { days, hidden: first - 1, shown: first, until: now + KEPT_MS });
  return first - 1;
}

/**
 * SEAT-7, MSG-11: up to where in each of these channels the plan shows its reader nothing any more, which therefore is not
 * unread. Half a read unit for each channel with something unread, once a minute for a container and all readers alike, and
 * only where the organization's history is limited.
 */
export async function goneToOf(
  table: Table,
  org: string,
  channels: readonly Marked[],
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const gone = new Map(channels.map(({ channelId, deletedTo }) => [channelId, deletedTo]));
  const unread = channels.filter(({ lastSeq, lastReadSeq }) => lastSeq > lastReadSeq);
  const days = unread.length === 0 ? null : await historyDaysOf(table, org, now);
  if (days === null) return gone;
  await inParallel(unread, AT_ONCE, async ({ channelId, lastSeq, lastReadSeq, deletedTo }) => {
    const from = Math.max(lastReadSeq, deletedTo);
    gone.set(
      channelId,
      await hiddenTo(table, { organizationId: org, channelId }, { from, lastSeq, days, now }),
    );
  });
  return gone;
}
