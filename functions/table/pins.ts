import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { idIn, keys } from "./keys.ts";
import { type Message, messageItem } from "./messages.ts";
import { getItems, type Page, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** Pins a message that is not (MSG-7): on itself, and in the list `O#<org>#CHANNEL#<chn>#PINS` by time and `seq`. */
export function pinWrites(
  { organizationId: org, channelId }: ChannelKey,
  seq: number,
  { userId, now }: { userId: string; now: number },
): Write[] {
  const pinnedAt = isoTime(now);
  return [
    {
      label: "message",
      update: keys.message(org, channelId, seq),
      expression: "SET pinnedBy = :by, pinnedAt = :at",
      condition:
        "attribute_exists(pk) AND attribute_not_exists(isDeleted) AND attribute_not_exists(pinnedAt)",
      values: { ":by": userId, ":at": pinnedAt },
    },
    { label: "pin", put: { ...keys.pin(org, channelId, pinnedAt, seq) } },
  ];
}

/** The message as it was read, with or without its pin. */
type Read = Pick<Message, "seq" | "pinnedAt">;

function dropPin({ organizationId: org, channelId }: ChannelKey, { seq, pinnedAt }: Read): Write[] {
  return pinnedAt === undefined ? [] : [{ label: "pin", remove: keys.pin(org, channelId, pinnedAt, seq) }];
}

function asRead({ pinnedAt }: Read) {
  return pinnedAt === undefined
    ? { condition: "attribute_not_exists(isDeleted) AND attribute_not_exists(pinnedAt)" }
    : {
        condition: "attribute_not_exists(isDeleted) AND pinnedAt = :pinnedAt",
        values: { ":pinnedAt": pinnedAt },
      };
}

/** Takes the pin off a message that has one (MSG-7). */
export function unpinWrites(channel: ChannelKey, message: Read): Write[] {
  return [
    {
      label: "message",
      update: keys.message(channel.organizationId, channel.channelId, message.seq),
      expression: "REMOVE pinnedBy, pinnedAt",
      ...asRead(message),
    },
    ...dropPin(channel, message),
  ];
}

/** Leaves a marker in the place of a message (MSG-6): who wrote it and when, and nothing of what it said. */
export function deleteMessageWrites(channel: ChannelKey, message: Read): Write[] {
  const { condition, values } = asRead(message);
  return [
    {
      label: "message",
      update: keys.message(channel.organizationId, channel.channelId, message.seq),
      expression: "SET #text = :empty, isDeleted = :yes REMOVE #system, pinnedBy, pinnedAt",
      condition: `attribute_exists(pk) AND ${condition}`,
      names: { "#text": "text", "#system": "system" },
      values: { ":empty": "", ":yes": true, ...values },
    },
    ...dropPin(channel, message),
  ];
}

const pinItem = z.object({ sk: z.string() });

/** One page of a channel's pinned messages, the newest pin first; one unpinned meanwhile is left out. */
export async function listPinned(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  page: { limit: number; after: string | undefined },
): Promise<Page<Message>> {
  const partition = keys.pins(org, channelId);
  const { items, after } = await queryPage(table, { partition, ...page, isNewestFirst: true }, pinItem);
  const seqs = items.map(({ sk }) => Number(idIn(sk)));
  const messages = await getItems(
    table,
    seqs.map((seq) => keys.message(org, channelId, seq)),
    messageItem,
  );
  const bySeq = new Map(messages.map((message) => [message.seq, message]));
  return {
    items: seqs.flatMap((seq) => {
      const message = bySeq.get(seq);
      return message?.pinnedAt === undefined ? [] : [message];
    }),
    after,
  };
}
