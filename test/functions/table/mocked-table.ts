import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import type { Table } from "../../../functions/table/table.ts";

export type Item = { readonly pk: string; readonly sk: string } & Record<string, unknown>;
type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

const idOf = ({ pk, sk }: { pk?: unknown; sk?: unknown }): string => `${pk} / ${sk}`;
const onMarshall = { removeUndefinedValues: true };

/** The key that a write of a transaction is about, as `pk / sk`. */
export function keyOf(write: TransactItem | undefined): string {
  const { Put, Update, Delete, ConditionCheck } = write ?? {};
  return idOf(Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key ?? {});
}

/**
 * The table as its modules see it, without an engine: reads by key and by partition are answered from `items`, writes
 * are accepted and kept to be looked at. Whatever a test does not expect to be sent, it finds among the calls.
 */
export function mockedTable(items: readonly Item[] = []) {
  const document = DynamoDBDocumentClient.from(new DynamoDBClient({ region: "eu-central-1" }));
  const client = mockClient(document);
  const table: Table = { client: document, name: "workspace" };
  const byKey = new Map(items.map((item) => [idOf(item), item]));

  client.on(GetCommand).callsFake(({ Key }) => ({ Item: byKey.get(idOf(Key)) }));
  client.on(BatchGetCommand).callsFake(({ RequestItems }) => {
    const wanted: Record<string, unknown>[] = RequestItems[table.name].Keys;
    return { Responses: { [table.name]: wanted.flatMap((key) => byKey.get(idOf(key)) ?? []) } };
  });
  client.on(QueryCommand).callsFake(({ IndexName, ExpressionAttributeValues }) => {
    const partition = IndexName === undefined ? "pk" : "gsi1pk";
    const { ":pk": pk, ":prefix": prefix = "" } = ExpressionAttributeValues;
    return { Items: items.filter((item) => item[partition] === pk && item.sk.startsWith(prefix)) };
  });
  client.on(TransactWriteCommand).resolves({});

  /** The writes of each transaction that was sent, by key. */
  const transactions = () =>
    client.commandCalls(TransactWriteCommand).map((call) => {
      const writes = call.args[0].input.TransactItems ?? [];
      return new Map(writes.map((write) => [keyOf(write), write]));
    });

  /** The next `times` transactions fail because the condition on this key does not hold, for what `meanwhile` does. */
  function refuse(
    key: { pk: string; sk: string },
    times = Number.POSITIVE_INFINITY,
    found?: Item,
    meanwhile: () => void = () => {},
  ) {
    let left = times;
    client.on(TransactWriteCommand).callsFake(({ TransactItems }: TransactWriteCommandInput) => {
      if (left <= 0) return {};
      left -= 1;
      meanwhile();
      throw canceled(
        (TransactItems ?? []).map((write) =>
          keyOf(write) === idOf(key)
            ? { Code: "ConditionalCheckFailed", Item: found && marshall(found, onMarshall) }
            : { Code: "None" },
        ),
      );
    });
  }

  return { client, table, transactions, refuse };
}

type Reason = { Code: string; Item?: Record<string, unknown> | undefined };

/** DynamoDB's answer to a transaction that was not carried out. */
export function canceled(reasons: readonly Reason[]): TransactionCanceledException {
  return new TransactionCanceledException({
    message: "Transaction cancelled",
    $metadata: {},
    CancellationReasons: reasons as TransactionCanceledException["CancellationReasons"],
  });
}

/** DynamoDB's answer to a single write whose condition does not hold. */
export function conditionFailed(item?: Item): ConditionalCheckFailedException {
  return new ConditionalCheckFailedException({
    message: "The conditional request failed",
    $metadata: {},
    ...(item === undefined ? {} : { Item: marshall(item, onMarshall) }),
  });
}
