import { setTimeout as wait } from "node:timers/promises";
import { TransactionConflictException } from "@aws-sdk/client-dynamodb";
import { TableBusy } from "./transaction.ts";

const ATTEMPTS = 6;
const BACKOFF_MS = 20;

/**
 * Sends a single write until no transaction holds its item: DynamoDB refuses it meanwhile, and the SDK does not retry.
 * @throws TableBusy after 6 attempts
 */
export async function pastConflicts<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof TransactionConflictException)) throw error;
      await wait(Math.random() * BACKOFF_MS * 2 ** count);
    }
  }
  throw new TableBusy();
}
