import { setTimeout as wait } from "node:timers/promises";
import { BatchGetCommand, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import type { Key } from "./keys.ts";
import type { Table } from "./table.ts";
import { TableBusy } from "./transaction.ts";

/** The item under `key` as its schema describes it, read strongly; `undefined` if there is none. */
export async function getItem<Schema extends z.ZodType>(
  table: Table,
  key: Key,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
  );
  return Item === undefined ? undefined : schema.parse(Item);
}

const BATCH = 100;
const ATTEMPTS = 4;

/** The items under `keys` that exist, read strongly, in no particular order. @throws TableBusy if some stay unread */
export async function getItems<Schema extends z.ZodType>(
  table: Table,
  keys: readonly Key[],
  schema: Schema,
): Promise<z.output<Schema>[]> {
  const items: z.output<Schema>[] = [];
  for (let start = 0; start < keys.length; start += BATCH) {
    let rest: Record<string, unknown>[] = keys.slice(start, start + BATCH).map((key) => ({ ...key }));
    for (let count = 1; rest.length > 0; count += 1) {
      if (count > ATTEMPTS) throw new TableBusy();
      const { Responses, UnprocessedKeys } = await table.client.send(
        new BatchGetCommand({ RequestItems: { [table.name]: { Keys: rest, ConsistentRead: true } } }),
      );
      for (const item of Responses?.[table.name] ?? []) items.push(schema.parse(item));
      rest = UnprocessedKeys?.[table.name]?.Keys ?? [];
      if (rest.length > 0) await wait(Math.random() * 40 * 2 ** count);
    }
  }
  return items;
}

/** A page of a list: its items, and the sort key after which the next page starts (`undefined` at the end). */
export type Page<Item> = { readonly items: Item[]; readonly after: string | undefined };

export type PageRequest = {
  readonly partition: string;
  readonly limit: number;
  readonly after?: string | undefined;
  readonly isNewestFirst?: boolean;
  readonly prefix?: string;
};

/** One page of a partition in the order of its sort keys, read strongly. */
export async function queryPage<Schema extends z.ZodType>(
  table: Table,
  request: PageRequest,
  schema: Schema,
): Promise<Page<z.output<Schema>>> {
  const { partition, limit, after, isNewestFirst = false, prefix } = request;
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: true,
      KeyConditionExpression: prefix === undefined ? "pk = :pk" : "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": partition, ...(prefix === undefined ? {} : { ":prefix": prefix }) },
      ScanIndexForward: !isNewestFirst,
      Limit: limit,
      ...(after === undefined ? {} : { ExclusiveStartKey: { pk: partition, sk: after } }),
    }),
  );
  const last: unknown = answer.LastEvaluatedKey?.["sk"];
  return {
    items: (answer.Items ?? []).map((item) => schema.parse(item)),
    after: typeof last === "string" ? last : undefined,
  };
}

/** The primary keys of an index partition, in the order of `gsi1sk`; the index is eventually consistent. */
export async function queryIndex(
  table: Table,
  request: { partition: string; upTo?: string; limit?: number },
): Promise<Key[]> {
  const found: Key[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: "gsi1",
        KeyConditionExpression:
          request.upTo === undefined ? "gsi1pk = :pk" : "gsi1pk = :pk AND gsi1sk <= :upTo",
        ExpressionAttributeValues: {
          ":pk": request.partition,
          ...(request.upTo === undefined ? {} : { ":upTo": request.upTo }),
        },
        ...(request.limit === undefined ? {} : { Limit: request.limit }),
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    for (const item of answer.Items ?? []) {
      const { pk, sk } = item;
      if (typeof pk === "string" && typeof sk === "string") found.push({ pk, sk });
    }
    start = answer.LastEvaluatedKey;
  } while (start !== undefined && (request.limit === undefined || found.length < request.limit));
  return found;
}
