import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { DynamoDBDocumentClient, GetCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { engineClient } from "../../infra/local/engine/engine-client.ts";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

function engineOf({ context }: LocalStack) {
  return { endpoint: context.addresses.engine, region: "us-east-1", credentials };
}

/** Sets and bytes in a form that compares, the same whatever the order they came in. */
function plain(_name: string, value: unknown): unknown {
  if (value instanceof Set) return [...value].sort();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Only the items whose partition begins with one of these. */
function beginningWith(prefixes: readonly string[]) {
  if (prefixes.length === 0) return {};
  const clauses = prefixes.map((_, index) => `begins_with(pk, :p${index})`);
  const values = prefixes.map((prefix, index) => [`:p${index}`, prefix] as const);
  return { FilterExpression: clauses.join(" OR "), ExpressionAttributeValues: Object.fromEntries(values) };
}

/**
 * What the table holds, straight from the engine: by key, as text that compares. Prefixes narrow it to the keys of
 * some organizations (`O#<org>`).
 */
export async function storedItems(stack: LocalStack, ...prefixes: string[]): Promise<Map<string, string>> {
  const client = DynamoDBDocumentClient.from(engineClient(stack.context.addresses.engine));
  const items = new Map<string, string>();
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: stack.context.model.table.name,
        ConsistentRead: true,
        ...beginningWith(prefixes),
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    for (const item of page.Items ?? [])
      items.set(`${item["pk"]} / ${item["sk"]}`, JSON.stringify(item, plain));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  client.destroy();
  return new Map([...items].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One item, straight from the engine. */
export async function storedItem(
  stack: LocalStack,
  key: { pk: string; sk: string },
): Promise<Record<string, unknown> | undefined> {
  const client = DynamoDBDocumentClient.from(engineClient(stack.context.addresses.engine));
  const { Item } = await client.send(
    new GetCommand({ TableName: stack.context.model.table.name, Key: key, ConsistentRead: true }),
  );
  client.destroy();
  return Item;
}

/** Every record of the table's stream so far, as text. */
export async function streamText(stack: LocalStack): Promise<string> {
  const client = new DynamoDBStreamsClient(engineOf(stack));
  const table = engineClient(stack.context.addresses.engine);
  const { Table } = await table.send(new DescribeTableCommand({ TableName: stack.context.model.table.name }));
  const StreamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  const texts: string[] = [];
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    const opened = await client.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
    );
    let iterator = opened.ShardIterator;
    while (iterator !== undefined) {
      const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 1000 }));
      texts.push(JSON.stringify(page.Records));
      iterator = (page.Records ?? []).length === 0 ? undefined : page.NextShardIterator;
    }
  }
  client.destroy();
  table.destroy();
  return texts.join("\n");
}
