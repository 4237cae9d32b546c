import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import { changedNow } from "./message-changes.ts";
import type { Message } from "./messages.ts";
import { type Page, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** That a message was edited as often as when it was read. */
export function asOftenEdited({ edits }: Pick<Message, "edits">) {
  return edits === undefined
    ? { condition: "attribute_not_exists(edits)", values: {} }
    : { condition: "edits = :edits", values: { ":edits": edits } };
}

/** What an edit makes of a message. */
export type Edited = {
  readonly text: string;
  /** Whom the new text mentions. */
  readonly mentions: Message["mentions"];
  readonly now: number;
};

/** Gives a message another text, and keeps the former one with the time that it was written (MSG-6). */
export function editWrites(channel: ChannelKey, message: Message, edited: Edited): Write[] {
  const { organizationId: org, channelId } = channel;
  const { seq, edits = 0 } = message;
  const { text, mentions, now } = edited;
  const changed = changedNow(channel, seq, now);
  const unchanged = asOftenEdited(message);
  const mentioning =
    mentions === undefined
      ? { expression: " REMOVE mentions", values: {} }
      : { expression: ", mentions = :mentions", values: { ":mentions": mentions } };
  return [
    {
      label: "message",
      update: keys.message(org, channelId, seq),
      expression: `SET #text = :text, edits = :number, editedAt = :at, ${changed.expression}${mentioning.expression}`,
      condition: `attribute_exists(pk) AND attribute_not_exists(isDeleted) AND ${unchanged.condition}`,
      names: { "#text": "text" },
      values: {
        ":text": text,
        ":number": edits + 1,
        ":at": isoTime(now),
        ...mentioning.values,
        ...changed.values,
        ...unchanged.values,
      },
    },
    {
      label: "former text",
      put: {
        ...keys.edit(org, channelId, seq, edits + 1),
        text: message.text,
        at: message.editedAt ?? message.createdAt,
      },
    },
  ];
}

/** Takes away what a message said before it was edited (MSG-6). */
export function dropEdits(
  { organizationId: org, channelId }: ChannelKey,
  { seq, edits = 0 }: Message,
): Write[] {
  return Array.from({ length: edits }, (_, index) => ({
    label: "former text",
    remove: keys.edit(org, channelId, seq, index + 1),
  }));
}

const editItem = z.object({ text: z.string(), at: z.string() });

/** One page of a message's former texts, newest first, each with when it was written. */
export async function listFormerTexts(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  seq: number,
  page: { limit: number; after: string | undefined },
): Promise<Page<z.infer<typeof editItem>>> {
  const partition = keys.edits(org, channelId);
  const prefix = keys.editPrefix(seq);
  return await queryPage(table, { partition, prefix, ...page, isNewestFirst: true }, editItem);
}
