import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { systemSchema } from "./intents.ts";
import { keys } from "./keys.ts";
import { getItem } from "./read.ts";
import { isoTime, type Table } from "./table.ts";

/** Who writes: `system` is what stands in the place of a message that never came. */
export const AUTHOR_KINDS = ["member", "guest", "system"] as const;

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
