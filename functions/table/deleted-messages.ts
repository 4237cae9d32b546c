import type { ChannelKey } from "./channel-heads.ts";
import { asOftenEdited, dropEdits } from "./edits.ts";
import { keys } from "./keys.ts";
import { changedNow } from "./message-changes.ts";
import type { Message } from "./messages.ts";
import { asRead, dropPin } from "./pins.ts";
import type { Write } from "./transaction.ts";

/** What a marker keeps nothing of; its place in a thread, and the thread that it began, stay. */
const SAID = "#system, pinnedBy, pinnedAt, edits, editedAt, reactions, mentions, mailCard, #call, isForBot";

/**
 * Leaves a marker in the place of a message (MSG-6): who wrote it and when, and nothing of what it said, now or before it
 * was edited. Who reacted is taken away after it (`dropReactors`): that may be any number.
 */
export function deleteMessageWrites(channel: ChannelKey, message: Message, now: number): Write[] {
  const read = asRead(message);
  const unchanged = asOftenEdited(message);
  const changed = changedNow(channel, message.seq, now);
  return [
    {
      label: "message",
      update: keys.message(channel.organizationId, channel.channelId, message.seq),
      expression: `SET #text = :empty, isDeleted = :yes, ${changed.expression} REMOVE ${SAID}`,
      condition: `attribute_exists(pk) AND ${read.condition} AND ${unchanged.condition}`,
      names: { "#text": "text", "#system": "system", "#call": "call" },
      values: {
        ":empty": "",
        ":yes": true,
        ...changed.values,
        ...read.values,
        ...unchanged.values,
      },
    },
    ...dropPin(channel, message),
    ...dropEdits(channel, message),
  ];
}
