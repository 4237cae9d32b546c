import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** The single table as the modules of this folder use it. */
export type Table = {
  readonly client: Pick<DynamoDBDocumentClient, "send">;
  readonly name: string;
};

/**
 * The table of this container: one client, kept-alive connections, explicit timeouts (connection 500 ms, request 1 s)
 * and three attempts, so that a stuck connection costs a retry and not the invocation.
 */
export function openTable(name: string): Table {
  const client = new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 500, requestTimeout: 1_000, throwOnRequestTimeout: true },
  });
  return {
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    name,
  };
}

/** The time of an item as stored: ISO-8601 UTC with milliseconds. */
export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** A TTL value: epoch seconds. DynamoDB deletes days late, so every read filters by it too. */
export function ttlSeconds(epochMs: number): number {
  return Math.floor(epochMs / 1000);
}
