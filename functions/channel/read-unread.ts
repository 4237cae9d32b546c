import { defaultLevel } from "@vestibule/domain/notifications";
import { unreadOf } from "@vestibule/domain/unread";
import { relationOf } from "../membership/channel-relation.ts";
import { goneToOf } from "../message/gone-to.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho } from "../shell/standing.ts";
import { headFiguresOf } from "../table/channel-figures.ts";
import { generalChannelId } from "../table/keys.ts";
import type { PersonChannel } from "../table/memberships.ts";
import { type Called, forgetMentions, readCalled } from "../table/mentions.ts";
import type { Table } from "../table/table.ts";
import { wideSeqsFor } from "../table/wide-mentions.ts";
import { candidateChannels } from "./candidate-channels.ts";
import type { unreadRoute } from "./contract.ts";

/** The channels that one answer tells of when it is not asked for fewer. */
const MOST_CHANNELS = 1_000;

/** How many mentions that were read one answer clears away: 1 write unit each. */
const CLEARED_AT_ONCE = 100;

/** What lies behind the mark is never counted again: it goes when it is come across, and not with every mark moved. */
async function clearRead(
  table: Table,
  { org, userId, called }: { org: string; userId: string; called: Called },
  rows: ReadonlyMap<string, PersonChannel>,
): Promise<void> {
  const read = [...rows].flatMap(([channelId, { lastReadSeq }]) =>
    (called.mentions.get(channelId) ?? [])
      .filter((seq) => seq <= lastReadSeq)
      .map((seq) => ({ userId, channelId, seq })),
  );
  await forgetMentions(table, org, read.slice(0, CLEARED_AT_ONCE));
}

/**
 * MSG-11: what somebody has not read, and how often they are mentioned in it, channel by channel: the head's last `seq`
 * less their mark, or less what the plan no longer shows (SEAT-7), so that no message costs a write per reader. Half a read unit per channel, and what their own rows
 * weigh: a head may be a moment old, the marks and mentions are not. Archived channels are left out, and so are those they
 * are not in.
 */
export async function readUnread(
  table: Table,
  { params, person: { userId }, query, now }: Request<typeof unreadRoute>,
): Promise<Answer> {
  const { org } = params;
  const { person } = await actorWho(table, { org, userId, now }, "unread.read");
  const scope = ["unread", org];
  const after = readCursor(scope, query.cursor);
  const limit = query.limit ?? MOST_CHANNELS;
  const page = await candidateChannels(table, person, { limit, after, isOwnOnly: true });
  const general = generalChannelId(org);
  const mine = page.ids.filter(
    (id) => relationOf({ isGeneral: id === general }, person, page.rows.get(id)) !== "none",
  );
  const heads = await headFiguresOf(table, org, mine, { isConsistent: false });
  // After the heads: what a head counts is mentioned by then, or the figures would contradict each other.
  const called = await readCalled(table, org, userId, now);
  await clearRead(table, { org, userId, called }, page.rows);
  const open = mine.flatMap((channelId) => {
    const head = heads.get(channelId);
    if (head === undefined || head.isArchived) return [];
    const row = page.rows.get(channelId);
    const lastReadSeq = row?.lastReadSeq ?? 0;
    // Of the two, the head may be the older one.
    return [{ ...head, channelId, row, lastReadSeq, lastSeq: Math.max(head.lastSeq, lastReadSeq) }];
  });
  const gone = await goneToOf(table, org, open, now);
  const items = open.map(({ channelId, row, lastSeq, lastReadSeq, wide, isConversation }) => {
    const mentionedAt = [...(called.mentions.get(channelId) ?? []), ...wideSeqsFor(wide, called.groupIds)];
    const goneTo = gone.get(channelId) ?? 0;
    return {
      channelId,
      lastSeq,
      ...unreadOf({ lastSeq, lastReadSeq, goneTo, mentionedAt }),
      muted: row?.isMuted ?? false,
      level: row?.level ?? defaultLevel(isConversation),
      favourite: row?.isFavourite ?? false,
    };
  });
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}
