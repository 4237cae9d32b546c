import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { followWrite } from "./follows.ts";
import { keys } from "./keys.ts";
import { changedNow } from "./message-changes.ts";
import type { Message } from "./messages.ts";
import { queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { ConditionsFailed, Write } from "./transaction.ts";

/** How many of those who wrote replies a thread's first message names. */
const NAMED = 5;

const ROOT = "thread root";

/** A reply that is to be stored at its `seq`. */
export type Reply = {
  /** The thread's first message as it was just read. */
  readonly root: Message;
  readonly seq: number;
  readonly authorId: string;
  readonly authorKind: Message["authorKind"];
  /** Epoch milliseconds; the reply's `createdAt`. */
  readonly now: number;
  /** Those in the channel whom it mentions. */
  readonly mentionedIds: readonly string[];
  /** Whoever has decided already whether they follow the thread: `haveFollowed` of those named by `followersBy`. */
  readonly decided: ReadonlySet<string>;
};

const isPerson = (kind: Message["authorKind"]): boolean => kind === "member" || kind === "guest";

/**
 * Whom a reply makes follow its thread, if they did not decide before: its author, the first author, the mentioned. Whom the
 * system tells of does (CALL-3), the assistant does not: it has nothing to read (BOT-1).
 */
export function followersBy({
  root,
  authorId,
  authorKind,
  mentionedIds,
}: Pick<Reply, "root" | "authorId" | "authorKind" | "mentionedIds">): string[] {
  const author = authorKind === "bot" ? [] : [authorId];
  return [...new Set([...author, ...(isPerson(root.authorKind) ? [root.authorId] : []), ...mentionedIds])];
}

/** From where on a thread is new to somebody whom this reply makes follow it. */
function readTo({ root, seq, authorId }: Reply, userId: string): number {
  if (userId === authorId) return seq;
  return userId === root.authorId ? root.seq : seq - 1;
}

/**
 * What belongs into the transaction that puts a reply (MSG-8): its place in the thread, the figures of the first message,
 * which must be there and not deleted (label `thread root`), and the rows of those whom it makes follow (`follow of <usr>`).
 * The thread's figures are as they were read, or the condition fails: then read anew and do it again.
 */
export function replyWrites(channel: ChannelKey, reply: Reply): Write[] {
  const { organizationId: org, channelId } = channel;
  const { root, seq, authorId, now, decided } = reply;
  return [
    { label: "thread reply", put: { ...keys.threadReply(org, channelId, root.seq, seq), authorId } },
    rootWrite(channel, reply),
    ...followersBy(reply)
      .filter((userId) => !decided.has(userId))
      .map((userId) =>
        followWrite(channel, { root: root.seq, userId, now, lastReadSeq: readTo(reply, userId) }),
      ),
  ];
}

/** Why a reply's transaction failed at its root: `deleted` for good, or the root was changed since it was read. */
export function rootFailure({ failures }: ConditionsFailed): "deleted" | "changed" | undefined {
  if (!failures.has(ROOT)) return undefined;
  const found = failures.get(ROOT);
  return found === undefined || found["isDeleted"] === true ? "deleted" : "changed";
}

function rootWrite(channel: ChannelKey, { root, authorId, now }: Reply): Write {
  const { organizationId: org, channelId } = channel;
  const changed = changedNow(channel, root.seq, now);
  const { set, condition, values } = figures(root.thread, authorId, isoTime(now));
  return {
    label: ROOT,
    update: keys.message(org, channelId, root.seq),
    expression: `SET ${set}, ${changed.expression}`,
    condition: `attribute_exists(pk) AND attribute_not_exists(isDeleted) AND ${condition}`,
    names: { "#thread": "thread" },
    values: { ...values, ...changed.values },
  };
}

/** A set only grows, so that one of the same size is the same: replies of those named already do not get into each other's way. */
function figures(thread: Message["thread"], authorId: string, at: string) {
  if (thread === undefined) {
    return {
      set: "#thread = :thread",
      condition: "attribute_not_exists(#thread)",
      values: { ":thread": { replies: 1, lastReplyAt: at, userIds: new Set([authorId]) } },
    };
  }
  const counted = "#thread.replies = #thread.replies + :one, #thread.lastReplyAt = :at";
  const values = { ":one": 1, ":at": at };
  const named = thread.userIds ?? new Set<string>();
  if (named.has(authorId) || named.size >= NAMED) {
    return { set: counted, condition: "attribute_exists(#thread)", values };
  }
  return {
    set: `${counted}, #thread.userIds = :users`,
    condition: "size(#thread.userIds) = :named",
    values: { ...values, ":users": new Set([...named, authorId]), ":named": named.size },
  };
}

const replyItem = z.object({ sk: z.string() });

/** One page of a thread: the `seq` of its replies after one, oldest first. */
export async function listReplies(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  root: number,
  { limit, after }: { limit: number; after: number },
): Promise<{ items: number[]; isLast: boolean }> {
  const start = keys.threadReply(org, channelId, root, after);
  const page = await queryPage(table, { partition: start.pk, limit, after: start.sk }, replyItem);
  return { items: page.items.map(({ sk }) => Number(sk)), isLast: page.after === undefined };
}

/** How many unread replies a list of threads counts at most. */
const MOST_UNREAD = 100;

/** How many replies others wrote in a thread after a `seq`, up to 100; eventually consistent, 0.5 read units. */
export async function countReplies(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  root: number,
  { after, userId }: { after: number; userId: string },
): Promise<number> {
  const start = keys.threadReply(org, channelId, root, after);
  const { Count = 0 } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      Select: "COUNT",
      KeyConditionExpression: "pk = :pk AND sk > :after",
      FilterExpression: "authorId <> :me",
      ExpressionAttributeValues: { ":pk": start.pk, ":after": start.sk, ":me": userId },
      Limit: MOST_UNREAD,
    }),
  );
  return Count;
}
