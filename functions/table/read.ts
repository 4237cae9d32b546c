import { setTimeout as wait } from "node:timers/promises";
import { BatchGetCommand, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import type { Key } from "./keys.ts";
import type { Table } from "./table.ts";
import { TableBusy } from "./transaction.ts";

/** The item under `key` as its schema describes it, read strongly unless said otherwise; `undefined` if there is none. */
export async function getItem<Schema extends z.ZodType>(
  table: Table,
  key: Key,
  schema: Schema,
  { isConsistent }: { isConsistent: boolean } = { isConsistent: true },
): Promise<z.output<Schema> | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: key, ConsistentRead: isConsistent }),
  );
  return Item === undefined ? undefined : schema.parse(Item);
}

const BATCH = 100;
const ATTEMPTS = 4;

/** The items under `keys` that exist, read strongly unless said otherwise, in no particular order. @throws TableBusy if some stay unread */
export async function getItems<Schema extends z.ZodType>(
  table: Table,
  keys: readonly Key[],
  schema: Schema,
  { isConsistent }: { isConsistent: boolean } = { isConsistent: true },
): Promise<z.output<Schema>[]> {
  const items: z.output<Schema>[] = [];
  for (let start = 0; start < keys.length; start += BATCH) {
    let rest: Record<string, unknown>[] = keys.slice(start, start + BATCH).map((key) => ({ ...key }));
    for (let count = 1; rest.length > 0; count += 1) {
      if (count > ATTEMPTS) throw new TableBusy();
      const { Responses, UnprocessedKeys } = await table.client.send(
        new BatchGetCommand({ RequestItems: { [table.name]: { Keys: rest, ConsistentRead: isConsistent } } }),
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

/** Part of an index partition in the order of `gsi1sk`: what comes after `after`, up to and including `upTo`. */
export type IndexRange = {
  readonly partition: string;
  readonly after?: string | undefined;
  readonly upTo?: string;
  readonly limit?: number;
};

type IndexPage = { found: Key[]; last: string | undefined; start: Record<string, unknown> | undefined };

function rangeCondition({ partition, after, upTo }: IndexRange) {
  const clauses = ["gsi1pk = :pk"];
  const values: Record<string, string> = { ":pk": partition };
  // A sort key takes one condition; BETWEEN includes its bounds, so `after` is moved past itself.
  if (after !== undefined && upTo !== undefined) clauses.push("gsi1sk BETWEEN :after AND :upTo");
  else if (after !== undefined) clauses.push("gsi1sk > :after");
  else if (upTo !== undefined) clauses.push("gsi1sk <= :upTo");
  if (after !== undefined) values[":after"] = upTo === undefined ? after : `${after}\u0000`;
  if (upTo !== undefined) values[":upTo"] = upTo;
  return { KeyConditionExpression: clauses.join(" AND "), ExpressionAttributeValues: values };
}

async function indexPage(table: Table, range: IndexRange, start: IndexPage["start"]): Promise<IndexPage> {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: "gsi1",
      ...rangeCondition(range),
      ...(range.limit === undefined ? {} : { Limit: range.limit }),
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    }),
  );
  const items = answer.Items ?? [];
  const last: unknown = items.at(-1)?.["gsi1sk"];
  return {
    found: items.flatMap(({ pk, sk }) =>
      typeof pk === "string" && typeof sk === "string" ? [{ pk, sk }] : [],
    ),
    last: typeof last === "string" ? last : undefined,
    start: answer.LastEvaluatedKey,
  };
}

/**
 * The primary keys of part of an index partition, at most `limit`, with the `gsi1sk` of the last if there are more.
 * The index holds keys alone and is eventually consistent: the items are read strongly by those who ask.
 */
export async function queryIndex(
  table: Table,
  range: IndexRange,
): Promise<{ keys: Key[]; after: string | undefined }> {
  const keys: Key[] = [];
  let page: IndexPage = { found: [], last: undefined, start: undefined };
  do {
    page = await indexPage(table, range, page.start);
    keys.push(...page.found);
  } while (page.start !== undefined && (range.limit === undefined || keys.length < range.limit));
  return { keys, after: page.start === undefined ? undefined : page.last };
}
