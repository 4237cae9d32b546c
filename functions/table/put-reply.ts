import { setTimeout as wait } from "node:timers/promises";
import type { ChannelKey } from "./channel-heads.ts";
import { haveFollowed } from "./follows.ts";
import { getMessage, type Message, newMessageWrite } from "./messages.ts";
import type { Table } from "./table.ts";
import { followersBy, replyWrites, rootFailure } from "./threads.ts";
import { ConditionsFailed, TableBusy, transact } from "./transaction.ts";

/** Others write in the same thread, and move its figures. */
const ATTEMPTS = 12;
const BACKOFF_MS = 20;

/** The thread that a reply goes into: its first message as it was read, and those in the channel whom it mentions. */
export type InThread = { readonly root: Message; readonly mentionedIds: readonly string[] };

async function attempt(
  table: Table,
  channel: ChannelKey,
  message: Message,
  { root, mentionedIds }: InThread,
): Promise<"stored" | "occupied" | "no-root" | "again"> {
  if (root.isDeleted === true) return "no-root";
  const { seq, authorId, authorKind, createdAt } = message;
  const reply = { root, seq, authorId, authorKind, mentionedIds, now: Date.parse(createdAt) };
  const decided = await haveFollowed(table, channel, root.seq, followersBy(reply));
  const stored = newMessageWrite(channel, message);
  try {
    await transact(table, [stored, ...replyWrites(channel, { ...reply, decided })]);
    return "stored";
  } catch (error) {
    if (!(error instanceof ConditionsFailed)) throw error;
    if (error.failures.has(stored.label)) return "occupied";
    return rootFailure(error) === "deleted" ? "no-root" : "again";
  }
}

/**
 * Stores a reply at its `seq` in one transaction with its place in the thread, the figures of the first message and the
 * rows of those who follow from now on (MSG-8); `no-root` if the first message was deleted meanwhile.
 * @throws TableBusy when the thread is written faster than we catch up with it
 */
export async function putReply(
  table: Table,
  channel: ChannelKey,
  message: Message,
  thread: InThread,
): Promise<"stored" | "occupied" | "no-root"> {
  let { root } = thread;
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    const came = await attempt(table, channel, message, { ...thread, root });
    if (came !== "again") return came;
    await wait(Math.random() * BACKOFF_MS * count);
    const anew = await getMessage(table, channel, root.seq);
    if (anew === undefined) return "no-root";
    root = anew;
  }
  throw new TableBusy();
}
