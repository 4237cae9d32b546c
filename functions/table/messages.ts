import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { CALL_STATES, PARTICIPANT_STATES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { systemSchema } from "./intents.ts";
import { keys } from "./keys.ts";
import { getItem, getItems } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** Who writes: `system` records what was done, and stands in the place of a message that never came; `bot` is BOT-1's. */
export const AUTHOR_KINDS = ["member", "guest", "bot", "system"] as const;

/**
 * The first users of each emoji, and how many there are; `since` orders the emojis (MSG-9). Stored, the users are the keys
 * of a map, so that those who come and go at the same time do not get into each other's way.
 */
const reactionSchema = z
  .object({
    count: z.number().int(),
    users: z.record(z.string(), z.boolean()).default({}),
    since: z.string(),
  })
  .transform(({ users, ...figures }) => ({ ...figures, userIds: new Set(Object.keys(users)) }));

/** MSG-14: what of a mail an answer by chat shows. */
export const mailCardSchema = z.object({
  subject: z.string(),
  sentAt: z.string(),
  from: z.object({ name: z.string(), email: z.string() }),
});

/** CALL-3: how a call stands, on the message that tells of it. */
export const shownCallSchema = z.object({
  callId: z.string(),
  state: z.enum(CALL_STATES),
  url: z.string(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  participants: z.array(
    z.object({ userId: z.string(), name: z.string(), state: z.enum(PARTICIPANT_STATES) }),
  ),
});

/** A message: `O#<org>#CHANNEL#<chn>#MESSAGES` / its `seq` in 12 digits. */
export const messageItem = z
  .object({
    sk: z.string(),
    messageId: z.string(),
    authorKind: z.enum(AUTHOR_KINDS),
    authorId: z.string(),
    authorName: z.string(),
    text: z.string(),
    nonce: z.string().optional(),
    createdAt: z.string(),
    isDeleted: z.boolean().optional(),
    /** What a system message tells (MSG-12). */
    system: systemSchema.optional(),
    pinnedBy: z.string().optional(),
    pinnedAt: z.string().optional(),
    /** How often it was edited, and when last (MSG-6). */
    edits: z.number().int().optional(),
    editedAt: z.string().optional(),
    /** The `seq` of the message whose thread it is in (MSG-8). */
    replyTo: z.number().int().optional(),
    /** Of a thread's first message: its replies, the latest, and some of those who wrote them. */
    thread: z
      .object({
        replies: z.number().int(),
        lastReplyAt: z.string(),
        userIds: z.set(z.string()).optional(),
      })
      .optional(),
    reactions: z.record(z.string(), reactionSchema).optional(),
    /** Whom it mentions (MSG-10). */
    mentions: z
      .object({
        userIds: z.array(z.string()).default([]),
        groupIds: z.array(z.string()).default([]),
        isChannel: z.boolean().default(false),
      })
      .optional(),
    mailCard: mailCardSchema.optional(),
    call: shownCallSchema.optional(),
    /** The assistant is to answer it (BOT-3). */
    isForBot: z.boolean().optional(),
    /** When it was last changed after it was posted; it is then in the index of changes. */
    changedAt: z.string().optional(),
  })
  .transform(({ sk, ...message }) => ({ seq: Number(sk), ...message }));

export type Message = z.infer<typeof messageItem>;

/** What holds the place of a message whose writer crashed between taking the `seq` and storing it (MSG-2). */
export function tombstone(seq: number, messageId: string, now: number): Message {
  return {
    seq,
    messageId,
    authorKind: "system",
    authorId: "system",
    authorName: "",
    text: "",
    createdAt: isoTime(now),
    isDeleted: true,
  };
}

/** Stores a message at its `seq`, unless something is there already (label `message`), in a transaction. */
export function newMessageWrite(channel: ChannelKey, { seq, ...stored }: Message): Write {
  return {
    label: "message",
    put: { ...keys.message(channel.organizationId, channel.channelId, seq), ...stored },
    condition: "attribute_not_exists(pk)",
  };
}

/** Stores a message at its `seq`, unless something is there already. */
export async function putMessage(
  table: Table,
  channel: ChannelKey,
  message: Message,
): Promise<"stored" | "occupied"> {
  const { seq, ...stored } = message;
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: { ...keys.message(channel.organizationId, channel.channelId, seq), ...stored },
        ConditionExpression: "attribute_not_exists(pk)",
      }),
    );
    return "stored";
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return "occupied";
    throw error;
  }
}

/** The message at `seq`, read strongly. */
export async function getMessage(
  table: Table,
  channel: ChannelKey,
  seq: number,
): Promise<Message | undefined> {
  return await getItem(table, keys.message(channel.organizationId, channel.channelId, seq), messageItem);
}

/** Several messages, read strongly, in the order of these `seq`; those that are not there are left out. */
export async function getMessages(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  seqs: readonly number[],
): Promise<Message[]> {
  const wanted = seqs.map((seq) => keys.message(org, channelId, seq));
  const found = await getItems(table, wanted, messageItem);
  const bySeq = new Map(found.map((message) => [message.seq, message]));
  return seqs.flatMap((seq) => bySeq.get(seq) ?? []);
}

/**
 * The same as they were a moment ago at worst, for half the units, as the pages of a channel are read. What was only just
 * written may not be seen yet: if any is not there, all are read strongly.
 */
export async function getShownMessages(
  table: Table,
  channel: ChannelKey,
  seqs: readonly number[],
): Promise<Message[]> {
  const wanted = seqs.map((seq) => keys.message(channel.organizationId, channel.channelId, seq));
  const found = await getItems(table, wanted, messageItem, { isConsistent: false });
  if (found.length < wanted.length) return await getMessages(table, channel, seqs);
  const bySeq = new Map(found.map((message) => [message.seq, message]));
  return seqs.flatMap((seq) => bySeq.get(seq) ?? []);
}

/** Messages with `from ≤ seq ≤ to`; the answer may stop early at 1 MB, then `isLast` is false. */
export type Span = {
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
  readonly isNewestFirst: boolean;
  readonly isConsistent: boolean;
};

export type MessagesPage = { readonly messages: Message[]; readonly isLast: boolean };

/** Twelve digits' worth: beyond every `seq`. */
const HIGHEST_SEQ = 999_999_999_999;

/** The messages of a span in the order it asks for. */
export async function listMessages(table: Table, channel: ChannelKey, span: Span): Promise<MessagesPage> {
  const { from = 1, to = HIGHEST_SEQ, limit, isNewestFirst, isConsistent } = span;
  if (from > to) return { messages: [], isLast: true };
  const { organizationId, channelId } = channel;
  const first = keys.message(organizationId, channelId, from);
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: isConsistent,
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
      ExpressionAttributeValues: {
        ":pk": first.pk,
        ":from": first.sk,
        ":to": keys.message(organizationId, channelId, Math.min(to, HIGHEST_SEQ)).sk,
      },
      ScanIndexForward: !isNewestFirst,
      Limit: limit,
    }),
  );
  return { messages: Items.map((item) => messageItem.parse(item)), isLast: LastEvaluatedKey === undefined };
}
