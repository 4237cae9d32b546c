import { type ChannelKey, type Taken, type Taking, takeSeq } from "../table/channel-heads.ts";
import { getDeletedTo } from "../table/history.ts";
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
import type { Table } from "../table/table.ts";

/** The messages of the channels, as posting and reading use them. */
export type MessageLog = {
  memory(channel: ChannelKey, options: { isConsistent: boolean }): Promise<Memory>;
  remember(channel: ChannelKey, blocks: ReadonlyMap<number, Uint8Array>): Promise<void>;
  takeSeq(channel: ChannelKey, hash: string, memory: Memory, taking: Taking): Promise<Taken>;
  put(channel: ChannelKey, message: Message): Promise<"stored" | "occupied">;
  get(channel: ChannelKey, seq: number): Promise<Message | undefined>;
  list(channel: ChannelKey, span: Span): Promise<MessagesPage>;
  /** Up to which `seq` the plan has deleted the channel's messages (SEAT-7): 0 if it has none. */
  deletedTo(channel: ChannelKey): Promise<number>;
};

/** The messages in the table. */
export function messageLog(table: Table): MessageLog {
  return {
    memory: (channel, options) => readMemory(table, channel, options),
    remember: (channel, blocks) => rememberBlocks(table, channel, blocks),
    takeSeq: (channel, hash, memory, taking) => takeSeq(table, channel, hash, memory, taking),
    put: (channel, message) => putMessage(table, channel, message),
    get: (channel, seq) => getMessage(table, channel, seq),
    list: (channel, span) => listMessages(table, channel, span),
    deletedTo: (channel) => getDeletedTo(table, channel),
  };
}
