import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { deleteItems } from "./delete-items.ts";
import { keys } from "./keys.ts";
import { CONNECTION_MS } from "./live.ts";
import type { OwnConnection } from "./looking.ts";
import { queryPage } from "./read.ts";
import { type Table, ttlSeconds } from "./table.ts";

/** Ids are random: so much of their end tells people of an organization apart, and keeps the item below 1 KB. */
const TAIL = 8;

const tailOf = (userId: string): string => userId.slice(-TAIL);

/** Whom a connection watches (PRS-3): `O#<org>#WATCHING` / `<connection>`. */
const watcherItem = z
  .object({ sk: z.string(), userId: z.string(), watched: z.string(), expiresAt: z.number() })
  .transform(({ sk, watched, ...watcher }) => ({
    ...watcher,
    connectionId: sk,
    watched: new Set(watched.split(" ")),
  }));

export type Watcher = z.infer<typeof watcherItem>;

/** Whether a connection watches somebody; to be checked by who may see them, as an end of an id is not all of it. */
export function isWatching({ watched }: Pick<Watcher, "watched">, userId: string): boolean {
  return watched.has(tailOf(userId));
}

/** Notes whom a connection watches, instead of whom it watched before: 1 write unit. */
export async function watchPeople(
  table: Table,
  { organizationId: org, userId, connectionId }: OwnConnection,
  userIds: readonly string[],
  now: number,
): Promise<void> {
  const key = keys.watcher(org, connectionId);
  if (userIds.length === 0) return await deleteItems(table, [key]);
  const watched = [...new Set(userIds.map(tailOf))].join(" ");
  const Item = { ...key, userId, watched, expiresAt: ttlSeconds(now + CONNECTION_MS) };
  await table.client.send(new PutCommand({ TableName: table.name, Item }));
}

/** All connections of an organization that watch anybody, page by page, read strongly: 1 read unit for some 10 of them. */
export async function* watcherPages(
  table: Table,
  org: string,
  now: number,
): AsyncGenerator<readonly Watcher[]> {
  let after: string | undefined;
  do {
    const page = await queryPage(table, { partition: keys.watching(org), limit: 1_000, after }, watcherItem);
    yield page.items.filter(({ expiresAt }) => expiresAt > ttlSeconds(now));
    after = page.after;
  } while (after !== undefined);
}

/** Forgets whom connections that are gone watched; TTL takes the items, as who delivers deletes nothing. */
export async function forgetWatchers(
  table: Table,
  org: string,
  connectionIds: readonly string[],
  now: number,
): Promise<void> {
  const forget = async (connectionId: string): Promise<void> => {
    const command = new UpdateCommand({
      TableName: table.name,
      Key: keys.watcher(org, connectionId),
      UpdateExpression: "SET watched = :nobody, expiresAt = :now",
      ConditionExpression: "attribute_exists(pk)",
      ExpressionAttributeValues: { ":nobody": "", ":now": ttlSeconds(now) },
    });
    try {
      await table.client.send(command);
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
  await Promise.all(connectionIds.map(forget));
}
