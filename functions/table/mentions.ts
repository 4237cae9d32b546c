import { DeleteCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { idIn, keys, PREFIXES } from "./keys.ts";
import type { Message } from "./messages.ts";
import { type Table, ttlSeconds } from "./table.ts";
import { forgetWide } from "./wide-mentions.ts";

/** A mention is counted for a year at most. */
const KEPT_MS = 365 * 24 * 60 * 60 * 1000;

/** That somebody is mentioned by a message; what is counted of them. */
export function mentionItem(
  { organizationId: org, channelId }: ChannelKey,
  { seq, userId, now }: { readonly seq: number; readonly userId: string; readonly now: number },
) {
  return { ...keys.mention(org, userId, channelId, seq), expiresAt: ttlSeconds(now + KEPT_MS) };
}

/**
 * Notes that people are mentioned (MSG-10): 1 write unit each, the same however often it is done. It is written before the
 * message, so that whoever sees the message counts it; one whose message never comes lies behind the mark in the end.
 */
export async function putMentions(
  table: Table,
  channel: ChannelKey,
  { seq, userIds, now }: { seq: number; userIds: readonly string[]; now: number },
): Promise<void> {
  const puts = userIds.map((userId) =>
    table.client.send(
      new PutCommand({ TableName: table.name, Item: mentionItem(channel, { seq, userId, now }) }),
    ),
  );
  await Promise.all(puts);
}

/** Somebody's mention by a message. */
export type Mention = { readonly userId: string; readonly channelId: string; readonly seq: number };

/** Forgets people's mentions: 1 write unit each. */
export async function forgetMentions(table: Table, org: string, mentions: readonly Mention[]): Promise<void> {
  const deletions = mentions.map(({ userId, channelId, seq }) =>
    table.client.send(
      new DeleteCommand({ TableName: table.name, Key: keys.mention(org, userId, channelId, seq) }),
    ),
  );
  await Promise.all(deletions);
}

/** A message that did not come to its place mentions nobody there: neither people by name, nor many at once. */
export async function dropMentions(
  table: Table,
  channel: ChannelKey,
  { seq, mentions }: Pick<Message, "seq" | "mentions">,
): Promise<void> {
  if (mentions === undefined) return;
  const { organizationId, channelId } = channel;
  const { userIds, groupIds, isChannel } = mentions;
  await forgetMentions(
    table,
    organizationId,
    userIds.map((userId) => ({ userId, channelId, seq })),
  );
  if (isChannel || groupIds.length > 0) await forgetWide(table, channel, seq);
}

/** A person's groups, and the `seq` of the messages that mention them, by channel. */
export type Called = {
  readonly groupIds: readonly string[];
  readonly mentions: ReadonlyMap<string, readonly number[]>;
};

const calledRow = z.object({ sk: z.string(), expiresAt: z.number().optional() });

const MENTION = /^(?<channelId>[^#]+)#(?<seq>\d+)$/u;

/** Sorts after every character, as DynamoDB compares bytes. */
const LAST_CHARACTER = "\u{10ffff}";

/** One person's partition has both side by side: read in one go, strongly, for what they weigh (some 25 to a read unit). */
export async function readCalled(table: Table, org: string, userId: string, now: number): Promise<Called> {
  const groupIds: string[] = [];
  const mentions = new Map<string, number[]>();
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues: {
          ":pk": keys.person(org, userId),
          ":first": PREFIXES.group,
          ":last": `${PREFIXES.mention}${LAST_CHARACTER}`,
        },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    for (const item of Items) {
      const { sk, expiresAt } = calledRow.parse(item);
      if (sk.startsWith(PREFIXES.group)) groupIds.push(idIn(sk));
      if (!sk.startsWith(PREFIXES.mention) || (expiresAt ?? 0) <= ttlSeconds(now)) continue;
      const { channelId, seq } = MENTION.exec(sk.slice(PREFIXES.mention.length))?.groups ?? {};
      if (channelId === undefined) continue;
      mentions.set(channelId, [...(mentions.get(channelId) ?? []), Number(seq)]);
    }
    start = LastEvaluatedKey;
  } while (start !== undefined);
  return { groupIds, mentions };
}
