import { setTimeout as wait } from "node:timers/promises";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Key } from "./keys.ts";
import type { Table } from "./table.ts";

type Item = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

type Condition = {
  condition?: string;
  names?: Record<string, string>;
  values?: Record<string, unknown>;
};

/**
 * One write of a transaction. `label` names its condition, so that a failure can be told in the rule's words; labels reach
 * the log with an error that nobody expected, so that none holds an address.
 */
export type Write = { readonly label: string } & (
  | ({ readonly put: Record<string, unknown> } & Condition)
  | ({ readonly update: Key; readonly expression: string } & Condition)
  | ({ readonly remove: Key } & Condition)
  | ({ readonly check: Key } & Condition & { condition: string })
);

/** Conditions of a transaction that did not hold: by label, with the item that was there (`undefined` if none was). */
export class ConditionsFailed extends Error {
  override readonly name = "ConditionsFailed";
  readonly failures: ReadonlyMap<string, Record<string, unknown> | undefined>;

  constructor(failures: ReadonlyMap<string, Record<string, unknown> | undefined>) {
    super(`conditions failed: ${[...failures.keys()].join(", ")}`);
    this.failures = failures;
  }
}

/** The table throttled, or others kept writing the same items, for longer than we retry. */
export class TableBusy extends Error {
  override readonly name = "TableBusy";
}

/** The write as the SDK wants it. Pure, so that tests read expressions without sending them. */
export function transactItem(tableName: string, write: Write): Item {
  const common = {
    TableName: tableName,
    ...(write.condition === undefined ? {} : { ConditionExpression: write.condition }),
    ...(write.names === undefined ? {} : { ExpressionAttributeNames: write.names }),
    ...(write.values === undefined ? {} : { ExpressionAttributeValues: write.values }),
    ...(write.condition === undefined ? {} : { ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const }),
  };
  if ("put" in write) return { Put: { ...common, Item: write.put } };
  if ("update" in write)
    return { Update: { ...common, Key: write.update, UpdateExpression: write.expression } };
  if ("remove" in write) return { Delete: { ...common, Key: write.remove } };
  return { ConditionCheck: { ...common, Key: write.check, ConditionExpression: write.condition } };
}

/** Attempts of a transaction that meets another one; the SDK does not retry TransactionConflict. */
const ATTEMPTS = 4;
const BACKOFF_MS = 40;

const RETRIED = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);

async function attempt(table: Table, items: Item[], labels: readonly string[]): Promise<"done" | "again"> {
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: items }));
    return "done";
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = error.CancellationReasons ?? [];
    const failures = new Map<string, Record<string, unknown> | undefined>();
    reasons.forEach((reason, index) => {
      const label = labels[index];
      if (reason.Code === "ConditionalCheckFailed" && label !== undefined) {
        failures.set(label, reason.Item === undefined ? undefined : unmarshall(reason.Item));
      }
    });
    if (failures.size > 0) throw new ConditionsFailed(failures);
    if (reasons.some((reason) => RETRIED.has(reason.Code ?? ""))) return "again";
    throw error;
  }
}

/**
 * Writes all or nothing.
 * @throws ConditionsFailed naming the conditions that did not hold
 * @throws TableBusy after 4 attempts against conflicting writers
 */
export async function transact(table: Table, writes: readonly Write[]): Promise<void> {
  const items = writes.map((write) => transactItem(table.name, write));
  const labels = writes.map((write) => write.label);
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    if ((await attempt(table, items, labels)) === "done") return;
    await wait(Math.random() * BACKOFF_MS * 2 ** count);
  }
  throw new TableBusy();
}
