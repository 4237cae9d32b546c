import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys, PREFIXES } from "./keys.ts";
import { pastConflicts } from "./past-conflicts.ts";
import { getItem, getItems, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/**
 * Whether somebody follows a thread (MSG-8): `O#<org>#PERSON#<usr>` / `THREAD#<chn>#<root>`, in the index of the thread's
 * followers while they do. Whoever unfollowed keeps the row, so that nothing makes them follow it again.
 */
const followItem = z.object({
  isFollowing: z.boolean(),
  lastReadSeq: z.number().int(),
  since: z.string(),
});

type Follow = z.infer<typeof followItem>;

/** Makes somebody follow who has not decided yet (label `follow of <usr>`). */
export function followWrite(
  { organizationId: org, channelId }: ChannelKey,
  { root, userId, now, lastReadSeq }: { root: number; userId: string; now: number; lastReadSeq: number },
): Write {
  return {
    label: `follow of ${userId}`,
    put: {
      ...keys.personThread(org, userId, channelId, root),
      ...keys.followerIndex(org, userId, channelId, root),
      isFollowing: true,
      lastReadSeq,
      since: isoTime(now),
    },
    condition: "attribute_not_exists(pk)",
  };
}

/** Those of these people who have decided whether they follow, or been made to; read strongly. */
export async function haveFollowed(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  root: number,
  userIds: readonly string[],
): Promise<Set<string>> {
  const rows = await getItems(
    table,
    userIds.map((userId) => keys.personThread(org, userId, channelId, root)),
    z.object({ pk: z.string() }),
  );
  return new Set(rows.map(({ pk }) => pk.slice(pk.lastIndexOf("#") + 1)));
}

/** Somebody's row of a thread, read strongly. */
export async function getFollow(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  root: number,
  userId: string,
): Promise<Follow | undefined> {
  return await getItem(table, keys.personThread(org, userId, channelId, root), followItem);
}

type Following = { readonly root: number; readonly userId: string; readonly now: number };

/** Somebody follows a thread from now on, if they have not; how far they have read it stays (label `follow`). */
export function startFollowingWrite(
  { organizationId: org, channelId }: ChannelKey,
  { root, userId, now }: Following,
): Write {
  const { gsi1pk, gsi1sk } = keys.followerIndex(org, userId, channelId, root);
  return {
    label: "follow",
    update: keys.personThread(org, userId, channelId, root),
    expression:
      "SET isFollowing = :yes, lastReadSeq = if_not_exists(lastReadSeq, :root), since = if_not_exists(since, :now), gsi1pk = :followers, gsi1sk = :user",
    values: { ":yes": true, ":root": root, ":now": isoTime(now), ":followers": gsi1pk, ":user": gsi1sk },
  };
}

/** Somebody follows a thread no more, and nothing that they write makes them follow it again (label `follow`). */
export function stopFollowingWrite(
  { organizationId: org, channelId }: ChannelKey,
  { root, userId, now }: Following,
): Write {
  return {
    label: "follow",
    update: keys.personThread(org, userId, channelId, root),
    expression:
      "SET isFollowing = :no, lastReadSeq = if_not_exists(lastReadSeq, :root), since = if_not_exists(since, :now) REMOVE gsi1pk, gsi1sk",
    values: { ":no": false, ":root": root, ":now": isoTime(now) },
  };
}

/** Notes how far somebody has read a thread that they have a row of; a mark never moves back. */
export async function markThreadRead(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  { root, userId, seq }: { root: number; userId: string; seq: number },
): Promise<void> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: keys.personThread(org, userId, channelId, root),
    UpdateExpression: "SET lastReadSeq = :seq",
    ConditionExpression: "lastReadSeq < :seq",
    ExpressionAttributeValues: { ":seq": seq },
  });
  try {
    await pastConflicts(() => table.client.send(command));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

/** A thread that somebody follows. */
export type FollowedThread = Follow & { readonly channelId: string; readonly root: number };

const followRow = followItem.extend({ sk: z.string() });

/** The threads that somebody follows, in no order that says anything; of more than `most` rows, those of later channels are left out. */
export async function followedThreads(
  table: Table,
  org: string,
  userId: string,
  most: number,
): Promise<FollowedThread[]> {
  const found: FollowedThread[] = [];
  const request = { partition: keys.person(org, userId), prefix: PREFIXES.thread, limit: 1_000 };
  let after: string | undefined;
  do {
    const page = await queryPage(table, { ...request, after }, followRow);
    for (const { sk, ...follow } of page.items) {
      const [channelId = "", root = ""] = sk.slice(PREFIXES.thread.length).split("#");
      if (follow.isFollowing) found.push({ ...follow, channelId, root: Number(root) });
    }
    after = page.after;
  } while (after !== undefined && found.length < most);
  return found;
}
