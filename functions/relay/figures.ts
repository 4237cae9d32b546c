import { unreadOf } from "@vestibule/domain/unread";
import type { StatusShape } from "../contract/status.ts";
import { relationOf } from "../membership/channel-relation.ts";
import { goneToOf } from "../message/gone-to.ts";
import { whomSees } from "../organization/seen-by.ts";
import { statusesOf } from "../realtime/statuses.ts";
import { headFiguresOf } from "../table/channel-figures.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import { generalChannelId } from "../table/keys.ts";
import { getPersonChannel } from "../table/memberships.ts";
import { readCalled } from "../table/mentions.ts";
import { getMessage } from "../table/messages.ts";
import { getPeople, getPerson } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import { forgetWatchers, type Watcher, watcherPages } from "../table/watchers.ts";
import { wideSeqsFor } from "../table/wide-mentions.ts";

/** How much of a channel somebody has not read (MSG-11). */
export type Unread = { readonly unread: number; readonly mentions: number; readonly lastReadSeq: number };

/** What some events tell beyond the change that they are of. */
export type Figures = {
  /** `undefined` for somebody who is not in the channel. */
  unread(channel: ChannelKey, userId: string): Promise<Unread | undefined>;
  /** How often an emoji is on a message; `undefined` if the message is gone. */
  reactionCount(channel: ChannelKey, seq: number, emoji: string): Promise<number | undefined>;
  /** Of those of these people who are there. */
  statuses(organizationId: string, userIds: readonly string[]): Promise<StatusShape[]>;
  watchers(organizationId: string): AsyncIterable<readonly Watcher[]>;
  forgetWatchers(organizationId: string, connectionIds: readonly string[]): Promise<void>;
  /** Whom of these people somebody may know of now (GST-16). */
  seenBy(organizationId: string, viewerId: string, userIds: readonly string[]): Promise<ReadonlySet<string>>;
};

async function unreadIn(
  table: Table,
  channel: ChannelKey,
  userId: string,
  now: number,
): Promise<Unread | undefined> {
  const { organizationId: org, channelId } = channel;
  const [person, row, heads, called] = await Promise.all([
    getPerson(table, org, userId),
    getPersonChannel(table, channel, userId),
    headFiguresOf(table, org, [channelId]),
    readCalled(table, org, userId, now),
  ]);
  const head = heads.get(channelId);
  const isGeneral = channelId === generalChannelId(org);
  if (head === undefined || relationOf({ isGeneral }, person, row) === "none") return undefined;
  const { lastReadSeq = 0 } = row ?? {};
  const lastSeq = Math.max(head.lastSeq, lastReadSeq);
  const mentionedAt = [...(called.mentions.get(channelId) ?? []), ...wideSeqsFor(head.wide, called.groupIds)];
  const gone = await goneToOf(table, org, [{ ...head, channelId, lastSeq, lastReadSeq }], now);
  return unreadOf({ lastSeq, lastReadSeq, goneTo: gone.get(channelId) ?? 0, mentionedAt });
}

/** The same from the table. */
export function figuresFrom(table: Table, now: () => number): Figures {
  return {
    unread: (channel, userId) => unreadIn(table, channel, userId, now()),
    async reactionCount(channel, seq, emoji) {
      const message = await getMessage(table, channel, seq);
      return message === undefined || message.isDeleted === true
        ? undefined
        : (message.reactions?.[emoji]?.count ?? 0);
    },
    async statuses(org, userIds) {
      const people = await getPeople(table, org, userIds);
      const there = userIds.filter((userId) => people.has(userId));
      return await statusesOf(table, org, there, now());
    },
    watchers: (org) => watcherPages(table, org, now()),
    forgetWatchers: (org, connectionIds) => forgetWatchers(table, org, connectionIds, now()),
    seenBy: (org, viewerId, userIds) => whomSees(table, org, viewerId, userIds, now()),
  };
}
