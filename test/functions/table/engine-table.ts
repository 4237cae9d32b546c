import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll } from "vitest";
import type { Table } from "../../../functions/table/table.ts";
import { createTable } from "../../../infra/local/engine/create-table.ts";
import { startEngine } from "../../../infra/local/engine/dynoxide-process.ts";
import { engineClient } from "../../../infra/local/engine/engine-client.ts";

const NAME = "workspace";

/** The table on the engine, one for all tests of a file. */
export function engineTable(): () => Table {
  let engine: Awaited<ReturnType<typeof startEngine>>;
  let client: DynamoDBClient;
  let table: Table;
  beforeAll(async () => {
    engine = await startEngine(undefined);
    const { endpoint } = engine;
    await createTable(endpoint, {
      name: NAME,
      key: { partition: "pk", sort: "sk" },
      attributes: { pk: "S", sk: "S", gsi1pk: "S", gsi1sk: "S" },
      indexes: [
        {
          name: "gsi1",
          partition: "gsi1pk",
          sort: "gsi1sk",
          projection: "KEYS_ONLY",
          nonKeyAttributes: [],
        },
      ],
    });
    client = engineClient(endpoint);
    const marshallOptions = { removeUndefinedValues: true };
    table = { client: DynamoDBDocumentClient.from(client, { marshallOptions }), name: NAME };
  });
  afterAll(async () => {
    client.destroy();
    await engine.stop();
  });
  return () => table;
}
