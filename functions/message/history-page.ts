import { visibleSince } from "@vestibule/domain/plans";
import type { ChannelKey } from "../table/channel-heads.ts";
import { firstShown } from "./first-shown.ts";
import { isHidden } from "./history-limit.ts";
import type { MessageLog } from "./message-log.ts";
import type { ReadDeps } from "./read-deps.ts";
import { type MessagePage, pageAfter, pageAround, pageBefore } from "./read-page.ts";

/** A page as its reader sees it; `historyDays` where the plan hides messages that belong on it or before it (SEAT-7). */
export type ShownPage = MessagePage & { readonly historyDays?: number };

/** What a page is to begin or end with, as it was asked for. */
export type Ends = {
  readonly after?: number | undefined;
  readonly around?: number | undefined;
  readonly before?: number | undefined;
  readonly limit: number;
  readonly now: number;
};

type Following = { after: number; limit: number; now: number; since: number | null };

/** What follows `after`, from where messages are shown on. */
async function shownAfter(log: MessageLog, channel: ChannelKey, asked: Following): Promise<MessagePage> {
  const { since, ...page } = asked;
  const read = await pageAfter(log, channel, page);
  const [first] = read.ascending;
  if (since === null || first === undefined || !isHidden(first, since)) return read;
  const start = await firstShown(log, channel, { hidden: first.seq, since });
  if (start === undefined) return { ascending: [], isMore: false };
  return await pageAfter(log, channel, { ...page, after: start - 1 });
}

/** MSG-5: a page without what the plan's history hides. */
export async function shownPage(
  { log, historyDays }: Pick<ReadDeps, "log" | "historyDays">,
  channel: ChannelKey,
  { after, around, before, limit, now }: Ends,
): Promise<ShownPage> {
  const days = await historyDays(channel.organizationId, now);
  const since = visibleSince(days, now);
  const page = await readPage(log, channel, { after, around, before, limit, now, since });
  const ascending = page.ascending.filter((message) => !isHidden(message, since));
  const isCut = ascending.length < page.ascending.length;
  if (days === null || !isCut) return page;
  return { ascending, isMore: after !== undefined && page.isMore, historyDays: days };
}

async function readPage(
  log: MessageLog,
  channel: ChannelKey,
  { after, around, before, limit, now, since }: Ends & { since: number | null },
): Promise<MessagePage> {
  if (after !== undefined) return await shownAfter(log, channel, { after, limit, now, since });
  if (around !== undefined) return await pageAround(log, channel, { around, limit, now });
  return await pageBefore(log, channel, { before, limit, now });
}
