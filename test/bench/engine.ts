import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CreateTableCommand, DynamoDBClient, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { startEngine } from "../../infra/local/engine/dynoxide-process.ts";
import { printTable } from "./print-table.ts";

const RECORDS = 12_000;
const PER_STEP = 2_000;
const PER_TRANSACTION = 20;
const TABLE = "bench";

/** Milliseconds that each step's writes take, while the stream grows. */
async function growStream(isIndexed: boolean): Promise<number[]> {
  const directory = mkdtempSync(join(tmpdir(), "vestibule-bench-"));
  const file = join(directory, "table.sqlite");
  const engine = await startEngine(file);
  if (!isIndexed) {
    const database = new DatabaseSync(file);
    database.exec("DROP INDEX vestibule_stream_numbers; DROP INDEX vestibule_stream_shards");
    database.close();
  }
  const credentials = { accessKeyId: "bench", secretAccessKey: "bench" };
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: "us-east-1", credentials });
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
    }),
  );
  const took: number[] = [];
  for (let step = 0; step < RECORDS; step += PER_STEP) {
    const began = performance.now();
    for (let first = step; first < step + PER_STEP; first += PER_TRANSACTION) {
      const puts = Array.from({ length: PER_TRANSACTION }, (_, index) => ({
        Put: {
          TableName: TABLE,
          Item: { pk: { S: `item ${first + index}` }, body: { S: "b".repeat(300) } },
        },
      }));
      await client.send(new TransactWriteItemsCommand({ TransactItems: puts }));
    }
    took.push(performance.now() - began);
  }
  client.destroy();
  await engine.stop();
  rmSync(directory, { recursive: true });
  return took;
}

/** Prints what a write into the embedded engine takes as its stream grows, as it comes and with our indexes. */
export async function benchEngine(): Promise<void> {
  const bare = await growStream(false);
  const indexed = await growStream(true);
  const each = (took: number | undefined) => `${((took ?? 0) / PER_STEP).toFixed(2)} ms`;
  printTable(
    "A written item in the embedded engine, by records of its stream so far",
    ["records", "as it comes", "with our indexes"],
    bare.map((took, step) => [String((step + 1) * PER_STEP), each(took), each(indexed[step])]),
  );
}
