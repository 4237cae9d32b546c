import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  ResourceNotFoundException,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import type { KeyModel, TableModel } from "../contracts.ts";
import { engineClient } from "./engine-client.ts";

/** Creates the table as the template describes it, unless a kept database has it already; answers its stream's ARN. */
export async function createTable(endpoint: string, table: TableModel): Promise<string | undefined> {
  const client = engineClient(endpoint);
  try {
    const existing = await describe(client, table.name);
    if (existing) return existing.LatestStreamArn;
    const created = await client.send(
      new CreateTableCommand({
        TableName: table.name,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: Object.entries(table.attributes).map(([AttributeName, AttributeType]) => ({
          AttributeName,
          AttributeType,
        })),
        KeySchema: keySchema(table.key),
        GlobalSecondaryIndexes:
          table.indexes.length === 0
            ? undefined
            : table.indexes.map((index) => ({
                IndexName: index.name,
                KeySchema: keySchema(index),
                Projection: {
                  ProjectionType: index.projection,
                  NonKeyAttributes: index.projection === "INCLUDE" ? index.nonKeyAttributes : undefined,
                },
              })),
        StreamSpecification: isViewType(table.streamViewType)
          ? { StreamEnabled: true, StreamViewType: table.streamViewType }
          : undefined,
      }),
    );
    if (table.timeToLiveAttribute) {
      const TimeToLiveSpecification = { AttributeName: table.timeToLiveAttribute, Enabled: true };
      await client.send(new UpdateTimeToLiveCommand({ TableName: table.name, TimeToLiveSpecification }));
    }
    return created.TableDescription?.LatestStreamArn;
  } finally {
    client.destroy();
  }
}

const viewTypes = ["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"] as const;

function isViewType(value: string | undefined): value is (typeof viewTypes)[number] {
  return viewTypes.some((viewType) => viewType === value);
}

function keySchema({ partition, sort }: KeyModel): KeySchemaElement[] {
  const hash: KeySchemaElement = { AttributeName: partition, KeyType: "HASH" };
  return sort ? [hash, { AttributeName: sort, KeyType: "RANGE" }] : [hash];
}

async function describe(client: DynamoDBClient, name: string) {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
