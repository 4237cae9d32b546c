import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { NOTIFICATION_LEVELS } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { idIn, keys } from "./keys.ts";
import { pastConflicts } from "./past-conflicts.ts";
import { getItems, queryPage } from "./read.ts";
import { type Table, ttlSeconds } from "./table.ts";

/** API Gateway closes a connection after 2 h; five minutes more, so that an item never ends before its connections. */
export const CONNECTION_MS = (2 * 60 + 5) * 60 * 1000;

/** Connections of one person in one organization: enough for many devices, and the item stays below 1 KB. */
export const MAX_CONNECTIONS = 50;

/** The live connections of a person: `O#<org>#LIVE` / `USER#<usr>`. */
export const liveItem = z
  .object({
    sk: z.string(),
    connections: z.set(z.string()).optional(),
    expiresAt: z.number(),
    isGuest: z.boolean().default(false),
    endsAt: z.number().optional(),
    /** Until when nothing disturbs them, epoch ms (PRS-4). */
    dndUntil: z.number().optional(),
    /** How they have set General, where members have no line of a roster (CH-1, PRS-4). */
    general: z
      .object({ level: z.enum(NOTIFICATION_LEVELS).optional(), isMuted: z.boolean().optional() })
      .optional(),
  })
  .transform(({ sk, connections, ...live }) => ({
    ...live,
    userId: idIn(sk),
    connectionIds: [...(connections ?? [])],
  }));

/** Somebody who is connected; `endsAt` is when a guest's access ends, epoch ms (GINV-10). */
export type LivePerson = {
  readonly userId: string;
  readonly connectionIds: readonly string[];
  readonly isGuest: boolean;
  readonly endsAt?: number | undefined;
} & Pick<z.infer<typeof liveItem>, "dndUntil" | "general">;

type Connection = { organizationId: string; userId: string; connectionId: string };

/** As what somebody connects: conversion to another kind, or another end, deletes or rewrites the entry. */
export type ConnectedAs = {
  readonly isGuest: boolean;
  readonly endsAt?: number | undefined;
  /** How they have set General (PRS-4); left out, as most. */
  readonly general?: LivePerson["general"];
};

/** What of this is kept where it is there, and taken away where it is not. */
function optionalParts({ endsAt, general }: ConnectedAs) {
  const parts = Object.entries({ endsAt, general });
  const [there, missing] = [
    parts.filter(([, value]) => value !== undefined),
    parts.filter(([, value]) => value === undefined),
  ];
  return {
    set: there.map(([name]) => `, #${name} = :${name}`).join(""),
    unset: missing.length === 0 ? "" : ` REMOVE ${missing.map(([name]) => `#${name}`).join(", ")}`,
    // GENERAL is one of DynamoDB's reserved words.
    names: Object.fromEntries(parts.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(there.map(([name, value]) => [`:${name}`, value])),
  };
}

/** Notes a new connection: 1 write unit. `too-many`: the person has 50 already. */
export async function addConnection(
  table: Table,
  connection: Connection & ConnectedAs & { now: number },
): Promise<"added" | "too-many"> {
  const { organizationId, userId, connectionId, isGuest, now } = connection;
  const { set: also, unset, names, values } = optionalParts(connection);
  const set = `SET expiresAt = :expiresAt, isGuest = :isGuest${also}`;
  const update = (expression: string, condition: string, limit: Record<string, number>) => {
    const command = new UpdateCommand({
      TableName: table.name,
      Key: keys.livePerson(organizationId, userId),
      UpdateExpression: expression,
      ConditionExpression: condition,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ":connection": new Set([connectionId]),
        ":expiresAt": ttlSeconds(now + CONNECTION_MS),
        ":isGuest": isGuest,
        ...values,
        ...limit,
      },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    return pastConflicts(() => table.client.send(command));
  };
  try {
    await update(
      `${set}${unset} ADD connections :connection`,
      "attribute_not_exists(connections) OR size(connections) < :max",
      { ":max": MAX_CONNECTIONS },
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
    if (liveItem.parse(unmarshall(error.Item)).expiresAt > ttlSeconds(now)) return "too-many";
    // All of them ended long ago without a goodbye, and TTL has not come by. Of two who connect at
    // the same time one is refused, and asks again.
    await update(`${set}, connections = :connection${unset}`, "expiresAt <= :now", {
      ":now": ttlSeconds(now),
    });
  }
  return "added";
}

type Gone = { organizationId: string; userId: string; connectionIds: readonly string[] };

/** `$connect` puts a connection on the list before the gateway has opened it; until then, it is gone to whoever sends. */
const OPENING_MS = 30_000;

/** Takes connections that sending found gone off a person's list, unless the person is just about to open one. */
export async function forgetConnections(table: Table, gone: Gone, now: number): Promise<void> {
  await deleteConnections(table, gone, {
    condition: "attribute_exists(connections) AND expiresAt < :opening",
    values: { ":opening": ttlSeconds(now - OPENING_MS + CONNECTION_MS) },
  });
}

/** Takes connections off a person's list, if there still is one: 1 write unit. */
export async function removeConnections(table: Table, gone: Gone): Promise<void> {
  await deleteConnections(table, gone, { condition: "attribute_exists(connections)", values: {} });
}

async function deleteConnections(
  table: Table,
  gone: Gone,
  { condition, values }: { condition: string; values: Record<string, number> },
): Promise<void> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: keys.livePerson(gone.organizationId, gone.userId),
    UpdateExpression: "DELETE connections :gone",
    ConditionExpression: condition,
    ExpressionAttributeValues: { ":gone": new Set(gone.connectionIds), ...values },
  });
  try {
    await pastConflicts(() => table.client.send(command));
  } catch (error) {
    // Without a list there is nothing to take off: the person was removed meanwhile, list and all. What stays on a list
    // that is just growing is found gone again by a later event.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

/** Everybody connected in an organization, a page of at most 1 MB at a time, read strongly. */
export async function* livePages(
  table: Table,
  organizationId: string,
  now: number,
): AsyncGenerator<readonly LivePerson[]> {
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": keys.live(organizationId) },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    const found = Items.map((item) => liveItem.parse(item));
    yield connected(found, now);
    start = LastEvaluatedKey;
  } while (start !== undefined);
}

/** Those of these people who are connected, read strongly. */
export async function livePeopleAmong(
  table: Table,
  organizationId: string,
  userIds: readonly string[],
  now: number,
): Promise<LivePerson[]> {
  const found = userIds.map((userId) => keys.livePerson(organizationId, userId));
  return connected(await getItems(table, found, liveItem), now);
}

const managerItem = z.object({ sk: z.string() });

/** The organization's managers and chat admins. */
export async function managerIds(table: Table, organizationId: string): Promise<string[]> {
  const partition = keys.managers(organizationId);
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await queryPage(table, { partition, limit: 1_000, after }, managerItem);
    ids.push(...page.items.map(({ sk }) => idIn(sk)));
    after = page.after;
  } while (after !== undefined);
  return ids;
}

function connected(items: readonly z.infer<typeof liveItem>[], now: number): LivePerson[] {
  return items
    .filter(({ expiresAt, connectionIds }) => expiresAt > ttlSeconds(now) && connectionIds.length > 0)
    .map(({ expiresAt: _expiresAt, ...person }) => person);
}
