import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { idIn, keys } from "./keys.ts";
import { changedNow } from "./message-changes.ts";
import { getMessages, type Message } from "./messages.ts";
import { type Page, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** Pins a message that is not (MSG-7): on itself, and in the list `O#<org>#CHANNEL#<chn>#PINS` by time and `seq`. */
export function pinWrites(
  channel: ChannelKey,
  seq: number,
  { userId, now }: { userId: string; now: number },
): Write[] {
  const { organizationId: org, channelId } = channel;
  const pinnedAt = isoTime(now);
  const changed = changedNow(channel, seq, now);
  return [
    {
      label: "message",
      update: keys.message(org, channelId, seq),
      expression: `SET pinnedBy = :by, pinnedAt = :at, ${changed.expression}`,
      condition:
        "attribute_exists(pk) AND attribute_not_exists(isDeleted) AND attribute_not_exists(pinnedAt)",
      values: { ":by": userId, ":at": pinnedAt, ...changed.values },
    },
    { label: "pin", put: { ...keys.pin(org, channelId, pinnedAt, seq) } },
  ];
}

/** The message as it was read, with or without its pin. */
type Read = Pick<Message, "seq" | "pinnedAt">;

/** Takes a message off the list of pins as it was read. */
export function dropPin({ organizationId: org, channelId }: ChannelKey, { seq, pinnedAt }: Read): Write[] {
  return pinnedAt === undefined ? [] : [{ label: "pin", remove: keys.pin(org, channelId, pinnedAt, seq) }];
}

/** That a message is not deleted, and pinned as it was read. */
export function asRead({ pinnedAt }: Read) {
  return pinnedAt === undefined
    ? { condition: "attribute_not_exists(isDeleted) AND attribute_not_exists(pinnedAt)" }
    : {
        condition: "attribute_not_exists(isDeleted) AND pinnedAt = :pinnedAt",
        values: { ":pinnedAt": pinnedAt },
      };
}

/** Takes the pin off a message that has one (MSG-7). */
export function unpinWrites(channel: ChannelKey, message: Read, now: number): Write[] {
  const changed = changedNow(channel, message.seq, now);
  const { condition, values } = asRead(message);
  return [
    {
      label: "message",
      update: keys.message(channel.organizationId, channel.channelId, message.seq),
      expression: `SET ${changed.expression} REMOVE pinnedBy, pinnedAt`,
      condition,
      values: { ...values, ...changed.values },
    },
    ...dropPin(channel, message),
  ];
}

const pinItem = z.object({ sk: z.string() });

/** Where a pinned message stands in its channel's list, so that a page may end with it. */
export function pinPlace(
  { organizationId: org, channelId }: ChannelKey,
  message: Read | undefined,
): string | undefined {
  const { pinnedAt, seq } = message ?? {};
  return pinnedAt === undefined || seq === undefined ? undefined : keys.pin(org, channelId, pinnedAt, seq).sk;
}

/** One page of a channel's pinned messages, the newest pin first; one unpinned meanwhile is left out. */
export async function listPinned(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  page: { limit: number; after: string | undefined },
): Promise<Page<Message>> {
  const partition = keys.pins(org, channelId);
  const { items, after } = await queryPage(table, { partition, ...page, isNewestFirst: true }, pinItem);
  const seqs = items.map(({ sk }) => Number(idIn(sk)));
  const messages = await getMessages(table, { organizationId: org, channelId }, seqs);
  return { items: messages.filter(({ pinnedAt }) => pinnedAt !== undefined), after };
}
