import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import type { Table } from "../../../functions/table/table.ts";

/** A table whose answers a test gives; the requests are `client.calls()`. */
export function setup() {
  const document = DynamoDBDocumentClient.from(new DynamoDBClient({ region: "eu-central-1" }));
  const client = mockClient(document);
  const table: Table = { name: "table", client: document };
  return { client, table };
}

/** The refusal of a conditional write, with the item that was there. */
export function conditionFailed(item?: Record<string, unknown>): ConditionalCheckFailedException {
  return new ConditionalCheckFailedException({
    $metadata: {},
    message: "The conditional request failed",
    ...(item === undefined ? {} : { Item: marshall(item) }),
  });
}

/** What a throttled table throws. */
export function throttled(): Error {
  return Object.assign(new Error("slow down"), { name: "ProvisionedThroughputExceededException" });
}
