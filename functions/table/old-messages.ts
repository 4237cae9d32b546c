import { DeleteCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { type Key, keys } from "./keys.ts";
import { listMessages, type Message } from "./messages.ts";
import { queryIndex } from "./read.ts";
import { noteDeletedTo } from "./retention.ts";
import type { Table } from "./table.ts";
import { ConditionsFailed, transact, type Write } from "./transaction.ts";

/** Messages that are deleted at a time, and how many of their items side by side. */
const AT_ONCE = 100;
const SIDE_BY_SIDE = 10;

const anyItem = z.object({ pk: z.string(), sk: z.string() });

async function deleteAll(table: Table, found: readonly Key[]): Promise<void> {
  const queue = found.values();
  async function next(): Promise<void> {
    for (const { pk, sk } of queue) {
      await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
}

/** What begins before `end` in a partition whose sort keys begin with a message's `seq`. */
async function deleteBefore(table: Table, partition: string, end: string): Promise<void> {
  for (;;) {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk AND sk < :end",
        ExpressionAttributeValues: { ":pk": partition, ":end": end },
        ProjectionExpression: "pk, sk",
        Limit: AT_ONCE,
      }),
    );
    await deleteAll(
      table,
      Items.map((item) => anyItem.parse(item)),
    );
    if (LastEvaluatedKey === undefined) return;
  }
}

/** Former texts, and who reacted, of all messages up to `seq`: what came while they were deleted goes with the next ones. */
async function deleteAside(table: Table, channel: ChannelKey, seq: number): Promise<void> {
  const { organizationId: org, channelId } = channel;
  await deleteBefore(table, keys.edits(org, channelId), keys.editPrefix(seq + 1));
  await deleteBefore(table, keys.reactors(org, channelId), keys.reactorPrefix(seq + 1));
}

/** Those who follow a thread whose first message goes: there is nothing more to follow. */
async function deleteFollows(table: Table, channel: ChannelKey, root: number): Promise<void> {
  const { organizationId: org, channelId } = channel;
  const { keys: found } = await queryIndex(table, { partition: keys.followers(org, channelId, root) });
  await deleteAll(table, found);
}

/** A message as it was read, with its pin, its place in a thread, and its call. */
function deleteWrites({ organizationId: org, channelId }: ChannelKey, message: Message): Write[] {
  const { seq, pinnedAt, replyTo, call } = message;
  const isAsRead =
    pinnedAt === undefined
      ? { condition: "attribute_not_exists(pinnedAt)" }
      : { condition: "pinnedAt = :pinnedAt", values: { ":pinnedAt": pinnedAt } };
  return [
    { label: "message", remove: keys.message(org, channelId, seq), ...isAsRead },
    ...(pinnedAt === undefined ? [] : [{ label: "pin", remove: keys.pin(org, channelId, pinnedAt, seq) }]),
    ...(replyTo === undefined
      ? []
      : [{ label: "reply", remove: keys.threadReply(org, channelId, replyTo, seq) }]),
    // One that is not over is the sweep's to end first: people get their status back (CALL-5).
    ...(call?.state === "ended" ? [{ label: "call", remove: keys.call(org, call.callId) }] : []),
  ];
}

async function deleteOne(table: Table, channel: ChannelKey, message: Message): Promise<void> {
  if (message.thread !== undefined) await deleteFollows(table, channel, message.seq);
  try {
    await transact(table, deleteWrites(channel, message));
  } catch (error) {
    // Pinned, or unpinned, at this moment: it is read anew.
    if (!(error instanceof ConditionsFailed)) throw error;
  }
}

/**
 * Deletes a channel's messages from the oldest on while `isOld` says so, with all that belongs to them: former texts,
 * reactions, pins, places in threads, who follows them, calls (SEAT-7). It is noted on the head first. Done again after it
 * was cut short, it goes on.
 * @returns how many; `isWhole`: all that are old, and not only until `isTimeLeft` said no
 */
export async function deleteMessages(
  table: Table,
  channel: ChannelKey,
  { isOld, isTimeLeft }: { isOld: (message: Message) => boolean; isTimeLeft: () => boolean },
): Promise<{ readonly deleted: number; readonly isWhole: boolean }> {
  let deleted = 0;
  // Most channels have nothing to delete, which their oldest message tells.
  for (let limit = 1; isTimeLeft(); limit = AT_ONCE) {
    const span = { limit, isNewestFirst: false, isConsistent: true };
    const { messages } = await listMessages(table, channel, span);
    const firstYoung = messages.findIndex((message) => !isOld(message));
    const old = firstYoung === -1 ? messages : messages.slice(0, firstYoung);
    const last = old.at(-1);
    if (last === undefined) return { deleted, isWhole: true };
    await noteDeletedTo(table, channel, last.seq);
    await deleteAside(table, channel, last.seq);
    const queue = old.values();
    const next = async () => {
      for (const message of queue) await deleteOne(table, channel, message);
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
    await deleteAside(table, channel, last.seq);
    deleted += old.length;
  }
  return { deleted, isWhole: false };
}
