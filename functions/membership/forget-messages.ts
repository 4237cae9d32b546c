import type { ChannelKey } from "../table/channel-heads.ts";
import { deletePartition } from "../table/delete-partition.ts";
import { type Key, keys } from "../table/keys.ts";
import { listMessages, type Message } from "../table/messages.ts";
import { queryIndex } from "../table/read.ts";
import type { Table } from "../table/table.ts";
import { transact } from "../table/transaction.ts";
import { goOn, OutOfTime, type TimeLeft } from "./time-left.ts";

/** Items that one transaction takes. */
const AT_ONCE = 100;

async function removeAll(table: Table, found: readonly Key[]): Promise<void> {
  for (let start = 0; start < found.length; start += AT_ONCE) {
    await transact(
      table,
      found.slice(start, start + AT_ONCE).map(({ pk, sk }) => ({ label: sk, remove: { pk, sk } })),
    );
  }
}

/** What a message has besides itself that is found by it alone: its thread with those who follow it, and its call. */
async function forgetAside(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  { seq, call }: Message,
  isTimeLeft: TimeLeft,
): Promise<void> {
  const followers = await queryIndex(table, { partition: keys.followers(org, channelId, seq) });
  await removeAll(table, followers.keys);
  if (!(await deletePartition(table, keys.thread(org, channelId, seq), isTimeLeft))) throw new OutOfTime();
  // One that is running is ended by the sweep, which gives people their status back.
  if (call?.state === "ended") await removeAll(table, [keys.call(org, call.callId)]);
}

/** CH-7: takes away the messages of a deleted channel, with all that belongs to them. @throws OutOfTime, to be done again */
export async function forgetMessages(table: Table, channel: ChannelKey, isTimeLeft: TimeLeft): Promise<void> {
  const { organizationId: org, channelId } = channel;
  const partitions = [keys.pins(org, channelId), keys.edits(org, channelId), keys.reactors(org, channelId)];
  for (const partition of partitions) {
    if (!(await deletePartition(table, partition, isTimeLeft))) throw new OutOfTime();
  }
  for (;;) {
    goOn(isTimeLeft);
    const span = { limit: AT_ONCE, isNewestFirst: false, isConsistent: true };
    const { messages } = await listMessages(table, channel, span);
    if (messages.length === 0) return;
    for (const message of messages) {
      if (message.thread !== undefined || message.call !== undefined)
        await forgetAside(table, channel, message, isTimeLeft);
    }
    await removeAll(
      table,
      messages.map(({ seq }) => keys.message(org, channelId, seq)),
    );
  }
}
