import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import { keys } from "./keys.ts";
import { forgettable, type Memory, WINDOW } from "./message-nonces.ts";
import type { Table } from "./table.ts";

/** Where one channel is kept. */
export type ChannelKey = { readonly organizationId: string; readonly channelId: string };

const head = z.object({
  seq: z.number().int(),
  nonces: z.record(z.string(), z.number().int()),
  archivedAt: z.string().optional(),
});

/** The head of a channel: its last `seq` and the latest nonces' hashes with theirs. */
export type Head = z.infer<typeof head>;

/** What asking the head for the next `seq` came to; `behind`: the memory is too old to be sure of the nonce. */
export type Taken =
  | { readonly kind: "taken"; readonly head: Head }
  | { readonly kind: "known"; readonly seq: number }
  | { readonly kind: "behind"; readonly head: Head }
  | { readonly kind: "archived" }
  | { readonly kind: "no-channel" };

/** The Update that takes a `seq`, and forgets what the pages hold. Pure, so that tests read it without sending it. */
export function takeSeqInput(hash: string, memory: Memory) {
  const forgotten = forgettable(memory).map((known, index) => [`#f${index}`, known] as const);
  const removal = forgotten.map(([name]) => `nonces.${name}`).join(", ");
  return {
    UpdateExpression: `SET seq = seq + :one, nonces.#hash = seq + :one${removal && ` REMOVE ${removal}`}`,
    ConditionExpression:
      "attribute_exists(pk) AND attribute_not_exists(archivedAt) AND attribute_not_exists(nonces.#hash) AND seq <= :limit",
    ExpressionAttributeNames: { "#hash": hash, ...Object.fromEntries(forgotten) },
    ExpressionAttributeValues: { ":one": 1, ":limit": memory.knownTo + WINDOW },
  };
}

function refusal(item: unknown, hash: string): Taken {
  if (item === undefined) return { kind: "no-channel" };
  const found = head.parse(item);
  const known = found.nonces[hash];
  if (known !== undefined) return { kind: "known", seq: known };
  return found.archivedAt === undefined ? { kind: "behind", head: found } : { kind: "archived" };
}

/** MSG-2, MSG-3: the channel's next `seq`, unless the nonce is known: one conditional write, whatever the concurrency. */
export async function takeSeq(
  table: Table,
  channel: ChannelKey,
  hash: string,
  memory: Memory,
): Promise<Taken> {
  try {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: keys.channelHead(channel.organizationId, channel.channelId),
        ...takeSeqInput(hash, memory),
        ReturnValues: "ALL_NEW",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    );
    return { kind: "taken", head: head.parse(Attributes) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return refusal(error.Item === undefined ? undefined : unmarshall(error.Item), hash);
  }
}

const lastSeq = z.object({ seq: z.number().int() });

/** The last `seq` of a channel, read strongly (1 read unit); `undefined` if there is no such channel. */
export async function getLastSeq(table: Table, channel: ChannelKey): Promise<number | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({
      TableName: table.name,
      Key: keys.channelHead(channel.organizationId, channel.channelId),
      ConsistentRead: true,
      ProjectionExpression: "seq",
    }),
  );
  return Item === undefined ? undefined : lastSeq.parse(Item).seq;
}
