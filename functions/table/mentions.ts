import { DeleteCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { idIn, keys, PREFIXES } from "./keys.ts";
import type { Message } from "./messages.ts";
import { type Table, ttlSeconds } from "./table.ts";
import { forgetWide } from "./wide-mentions.ts";

/** A mention is counted for a year at most. */
const KEPT_MS = 365 * 24 * 60 * 60 * 1000;

/**
 * Notes that people are mentioned (MSG-10): 1 write unit each, the same however often it is done. It is written before the
 * message, so that whoever sees the message counts it; one whose message never comes lies behind the mark in the end.
 */
export async function putMentions(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  { seq, userIds, now }: { seq: number; userIds: readonly string[]; now: number },
): Promise<void> {
  const expiresAt = ttlSeconds(now + KEPT_MS);
  const puts = userIds.map((userId) =>
    table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: { ...keys.mention(org, userId, channelId, seq), expiresAt },
      }),
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

/** A deleted message mentions nobody any more (MSG-6): neither people by name, nor many at once. */
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

function callsMany({ mentions }: Pick<Message, "mentions">): boolean {
  return mentions !== undefined && (mentions.isChannel || mentions.groupIds.length > 0);
}

/**
 * An edited message mentions whom its text names now (MSG-6, MSG-11): they are counted, and those who were named before no
 * more. Many at once are called by posting alone, and called off by an edit that names none.
 */
export async function moveMentions(
  table: Table,
  channel: ChannelKey,
  { before, after, now }: { before: Message; after: Message; now: number },
): Promise<void> {
  const { organizationId, channelId } = channel;
  const { seq } = after;
  const [was, is] = [before.mentions?.userIds ?? [], after.mentions?.userIds ?? []];
  const come = is.filter((userId) => !was.includes(userId) && userId !== after.authorId);
  const gone = was.filter((userId) => !is.includes(userId));
  if (come.length > 0) await putMentions(table, channel, { seq, userIds: come, now });
  await forgetMentions(
    table,
    organizationId,
    gone.map((userId) => ({ userId, channelId, seq })),
  );
  if (callsMany(before) && !callsMany(after)) await forgetWide(table, channel, seq);
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
