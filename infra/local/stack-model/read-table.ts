import * as z from "zod";
import type { KeyModel, TableModel } from "../contracts.ts";
import type { StackReader } from "./stack-reader.ts";

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) }));

const tableSchema = z.object({
  TableName: z.string().optional(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) }),
  ),
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.object({
          ProjectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
          NonKeyAttributes: z.array(z.string()).default([]),
        }),
      }),
    )
    .default([]),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
  StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
});

/** The one table, as `Table` or `TableV2` (a global table with one replica) writes it. */
export function readTable(reader: StackReader): TableModel {
  const tables = ["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"].flatMap((type) =>
    reader.all(type, tableSchema),
  );
  const [table] = tables;
  if (!table || tables.length > 1)
    throw new Error(`the local stack needs exactly one table, found ${tables.length}`);
  const { logicalId, properties } = table;
  const timeToLive = properties.TimeToLiveSpecification;
  const viewType = properties.StreamSpecification?.StreamViewType;
  return {
    name: properties.TableName ?? logicalId,
    key: readKey(properties.KeySchema),
    attributes: Object.fromEntries(
      properties.AttributeDefinitions.map(({ AttributeName, AttributeType }) => [
        AttributeName,
        AttributeType,
      ]),
    ),
    indexes: properties.GlobalSecondaryIndexes.map((index) => ({
      name: index.IndexName,
      ...readKey(index.KeySchema),
      projection: index.Projection.ProjectionType,
      nonKeyAttributes: index.Projection.NonKeyAttributes,
    })),
    ...(timeToLive?.Enabled ? { timeToLiveAttribute: timeToLive.AttributeName } : {}),
    ...(viewType ? { streamViewType: viewType } : {}),
  };
}

function readKey(schema: z.infer<typeof keySchema>): KeyModel {
  const partition = schema.find(({ KeyType }) => KeyType === "HASH")?.AttributeName ?? "";
  const sort = schema.find(({ KeyType }) => KeyType === "RANGE")?.AttributeName;
  return sort ? { partition, sort } : { partition };
}
