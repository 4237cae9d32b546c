import {
  type ChannelKey,
  getNonces,
  type Head,
  type Taken,
  type Taking,
  takeSeq,
} from "../table/channel-heads.ts";
import { getDeletedTo } from "../table/history.ts";
import { dropMentions, putMentions } from "../table/mentions.ts";
import type { Memory } from "../table/message-nonces.ts";
import {
  getMessage,
  listMessages,
  type Message,
  type MessagesPage,
  putMessage,
  type Span,
} from "../table/messages.ts";
import { readMemory, rememberBlocks } from "../table/nonce-memory.ts";
import { putReply } from "../table/put-reply.ts";
import type { Table } from "../table/table.ts";
import { heldWide, type Wide } from "../table/wide-mentions.ts";

/** What is written with a message: who is mentioned, beforehand, and its place in a thread, at once. */
export type Along = { readonly mentionedIds: readonly string[]; readonly root?: Message | undefined };

/** The messages of the channels, as posting and reading use them. */
export type MessageLog = {
  memory(channel: ChannelKey, options: { isConsistent: boolean }): Promise<Memory>;
  remember(channel: ChannelKey, blocks: ReadonlyMap<number, Uint8Array>): Promise<void>;
  takeSeq(channel: ChannelKey, hash: string, memory: Memory, taking: Taking): Promise<Taken>;
  put(channel: ChannelKey, message: Message, along?: Along): Promise<"stored" | "occupied" | "no-root">;
  /** What was noted of the mentions of a message that did not come to its place. */
  dropMentions(channel: ChannelKey, message: Pick<Message, "seq" | "mentions">): Promise<void>;
  get(channel: ChannelKey, seq: number): Promise<Message | undefined>;
  list(channel: ChannelKey, span: Span): Promise<MessagesPage>;
  /** Up to which `seq` the plan has deleted the channel's messages (SEAT-7): 0 if it has none. */
  deletedTo(channel: ChannelKey): Promise<number>;
  /** The latest nonces' hashes with their `seq`, read strongly. */
  nonces(channel: ChannelKey): Promise<Head["nonces"]>;
  /** The mentions of many that the channel's head holds. */
  wide(channel: ChannelKey): Promise<Wide>;
};

/** The messages in the table. */
export function messageLog(table: Table): MessageLog {
  return {
    memory: (channel, options) => readMemory(table, channel, options),
    remember: (channel, blocks) => rememberBlocks(table, channel, blocks),
    takeSeq: (channel, hash, memory, taking) => takeSeq(table, channel, hash, memory, taking),
    async put(channel, message, { mentionedIds, root } = { mentionedIds: [] }) {
      const { seq, authorId, createdAt } = message;
      const userIds = mentionedIds.filter((id) => id !== authorId);
      if (userIds.length > 0) await putMentions(table, channel, { seq, userIds, now: Date.parse(createdAt) });
      if (root === undefined) return await putMessage(table, channel, message);
      return await putReply(table, channel, message, { root, mentionedIds });
    },
    dropMentions: (channel, message) => dropMentions(table, channel, message),
    get: (channel, seq) => getMessage(table, channel, seq),
    list: (channel, span) => listMessages(table, channel, span),
    deletedTo: (channel) => getDeletedTo(table, channel),
    nonces: (channel) => getNonces(table, channel),
    wide: (channel) => heldWide(table, channel),
  };
}
