import { setTimeout as wait } from "node:timers/promises";
import { ConditionalCheckFailedException, TransactionConflictException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Key } from "./keys.ts";
import type { Table } from "./table.ts";

/** A conditional write on an item with a mail; `#state` is the word `state`, which DynamoDB keeps for itself. */
export type MailUpdate = {
  readonly expression: string;
  readonly condition: string;
  readonly values: Record<string, unknown>;
};

/** A mail that nobody has tried for this long was given up by the stream, which tries for an hour. */
export const GIVEN_UP_MS = 65 * 60_000;

/** Since its lease is over for so long, nobody is at it. */
export const LEFT_MS = 5 * 60_000;

const ATTEMPTS = 4;

/** Writes if the condition holds. A transaction on the same item passes in milliseconds; the SDK does not wait for it. */
export async function updateMail(
  table: Table,
  key: Key,
  { expression, condition, values }: MailUpdate,
): Promise<boolean> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: key,
    UpdateExpression: expression,
    ConditionExpression: condition,
    ExpressionAttributeNames: { "#state": "state" },
    ExpressionAttributeValues: values,
  });
  for (let count = 1; ; count += 1) {
    try {
      await table.client.send(command);
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      if (!(error instanceof TransactionConflictException) || count === ATTEMPTS) throw error;
      await wait(Math.random() * 40 * 2 ** count);
    }
  }
}
