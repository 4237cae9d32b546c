import { visibleSince } from "@vestibule/domain/plans";
import type { ChannelKey } from "../table/channel-heads.ts";
import type { Message } from "../table/messages.ts";
import { isoTime } from "../table/table.ts";
import { isHidden } from "./history-limit.ts";
import type { ReadDeps } from "./read-deps.ts";
import { withinBytes } from "./within-bytes.ts";

/** How far before the time that a client names its changes begin: the index lags, and clocks differ. */
const OVERLAP_MS = 60_000;

/** Messages as they are now, in the order of their latest change; `next` is where those that are left out begin. */
export type Changes = { readonly messages: Message[]; readonly next: string | undefined };

/** Where the changes since a time begin in the index. */
export function changesFrom(since: string): string {
  return isoTime(Date.parse(since) - OVERLAP_MS);
}

/**
 * MSG-4: what was changed of a channel's messages after a place in the index of changes (`changesFrom`, or a former
 * answer's `next`), deletions included, without what the plan hides. To readers of the channel alone.
 */
export async function changedMessages(
  { changes, historyDays }: Pick<ReadDeps, "changes" | "historyDays">,
  channel: ChannelKey,
  { after, limit, now }: { after: string; limit: number; now: number },
): Promise<Changes> {
  const [{ items, last, isLast }, days] = await Promise.all([
    changes(channel, { after, limit }),
    historyDays(channel.organizationId, now),
  ]);
  const fitting = withinBytes(items, ({ message }) => message);
  const since = visibleSince(days, now);
  const messages = fitting.map(({ message }) => message).filter((message) => !isHidden(message, since));
  if (fitting.length < items.length) return { messages, next: fitting.at(-1)?.at };
  return { messages, next: isLast ? undefined : last };
}
