import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import { keys } from "./keys.ts";
import { forgettable, type Memory, WINDOW } from "./message-nonces.ts";
import { pastConflicts } from "./past-conflicts.ts";
import { getItem } from "./read.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";
import { type NewWide, wideSchema } from "./wide-mentions.ts";

/** Where one channel is kept. */
export type ChannelKey = { readonly organizationId: string; readonly channelId: string };

const head = z.object({
  seq: z.number().int(),
  nonces: z.record(z.string(), z.number().int()),
  archivedAt: z.string().optional(),
  fencedAt: z.number().optional(),
  /** Up to here the plan has deleted messages (SEAT-7): what is missing there is no hole, and what still is there is hidden. */
  deletedTo: z.number().int().optional(),
  wide: wideSchema.optional(),
});

/** The head of a channel: its last `seq` and the latest nonces' hashes with theirs. */
export type Head = z.infer<typeof head>;

/** What asking the head for the next `seq` came to; `behind`: the memory is too old to be sure of the nonce. */
export type Taken =
  | { readonly kind: "taken"; readonly head: Head }
  | { readonly kind: "known"; readonly seq: number }
  | { readonly kind: "behind"; readonly head: Head }
  | { readonly kind: "fenced"; readonly fencedAt: number }
  | { readonly kind: "archived" }
  | { readonly kind: "no-channel" };

/**
 * What a post rests on. `fence`: nobody was taken out of the channel after this time (epoch ms), which is when the
 * author's place in it was read at the latest. The system's own messages rest on nothing and go into archived channels.
 */
export type Grounds = { readonly fence: number } | { readonly isSystem: true };

/** What a `seq` is taken on, and for: `wide` are its mentions of many. */
export type Taking = { readonly grounds: Grounds; readonly wide?: NewWide | undefined };

/**
 * Belongs into every transaction that takes somebody out of a channel (label `head fence`), once per channel: posts
 * that were allowed by what stood there before are then decided anew (MSG-4).
 */
export function fenceWrite({ organizationId, channelId }: ChannelKey, now: number): Write {
  return {
    label: "head fence",
    update: keys.channelHead(organizationId, channelId),
    expression: "SET fencedAt = :now",
    condition: "attribute_exists(pk)",
    values: { ":now": now },
  };
}

function groundsCondition(grounds: Grounds) {
  if ("isSystem" in grounds) return { clause: "", values: {} };
  return {
    clause:
      " AND attribute_not_exists(archivedAt) AND (attribute_not_exists(fencedAt) OR fencedAt <= :fence)",
    values: { ":fence": grounds.fence },
  };
}

const named = (prefix: string, tokens: readonly string[]) =>
  tokens.map((token, index) => [`#${prefix}${index}`, token] as const);

/**
 * The Update that takes a `seq`, notes who is mentioned as one of many, and forgets what the pages hold. Pure, so that
 * tests read it without sending it.
 */
export function takeSeqInput(hash: string, memory: Memory, { grounds, wide }: Taking) {
  const { clause, values } = groundsCondition(grounds);
  const forgotten = named("f", forgettable(memory));
  const mentioned = named("w", wide?.tokens(hash) ?? []);
  const outdated = named("o", wide?.outdated ?? []);
  const setting = mentioned.map(([name]) => `, wide.${name} = seq + :one`).join("");
  const removal = [
    ...forgotten.map(([name]) => `nonces.${name}`),
    ...outdated.map(([name]) => `wide.${name}`),
  ].join(", ");
  return {
    UpdateExpression: `SET seq = seq + :one, nonces.#hash = seq + :one${setting}${removal && ` REMOVE ${removal}`}`,
    ConditionExpression: `attribute_exists(pk) AND attribute_not_exists(nonces.#hash) AND seq <= :limit${clause}`,
    ExpressionAttributeNames: {
      "#hash": hash,
      ...Object.fromEntries([...forgotten, ...mentioned, ...outdated]),
    },
    ExpressionAttributeValues: { ":one": 1, ":limit": memory.knownTo + WINDOW, ...values },
  };
}

function refusal(item: unknown, hash: string, grounds: Grounds): Taken {
  if (item === undefined) return { kind: "no-channel" };
  const found = head.parse(item);
  const known = found.nonces[hash];
  if (known !== undefined) return { kind: "known", seq: known };
  const { archivedAt, fencedAt = 0 } = found;
  if ("fence" in grounds && fencedAt > grounds.fence) return { kind: "fenced", fencedAt };
  if ("fence" in grounds && archivedAt !== undefined) return { kind: "archived" };
  return { kind: "behind", head: found };
}

/** MSG-2, MSG-3: the channel's next `seq`, unless the nonce is known: one conditional write, whatever the concurrency. */
export async function takeSeq(
  table: Table,
  channel: ChannelKey,
  hash: string,
  memory: Memory,
  taking: Taking,
): Promise<Taken> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: keys.channelHead(channel.organizationId, channel.channelId),
    ...takeSeqInput(hash, memory, taking),
    ReturnValues: "ALL_NEW",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  });
  try {
    const { Attributes } = await pastConflicts(() => table.client.send(command));
    return { kind: "taken", head: head.parse(Attributes) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return refusal(error.Item === undefined ? undefined : unmarshall(error.Item), hash, taking.grounds);
  }
}

/** The nonces that the head holds, read strongly; none if there is no such channel. */
export async function getNonces(table: Table, channel: ChannelKey): Promise<Head["nonces"]> {
  const found = await getItem(table, keys.channelHead(channel.organizationId, channel.channelId), head);
  return found?.nonces ?? {};
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
