import { createHash } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import { pastConflicts } from "./past-conflicts.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/**
 * The latest mentions of many at once, on the channel's head: `<whom>-<hash of the nonce>` with the message's `seq`, so
 * that mentioning a whole channel or a group is no write per person (MSG-11).
 */
export const wideSchema = z.record(z.string(), z.number().int());

export type Wide = z.infer<typeof wideSchema>;

/**
 * So many are kept: the head stays within its one write unit. Whoever leaves more of them unread in one channel is told
 * of the latest.
 */
export const MOST_WIDE = 16;

/** Everybody in the channel. */
const EVERYBODY = "c";

const GROUP_BYTES = 3;

/** A nonce's hash has four characters, which may be hyphens. */
const HASH_WITH_HYPHEN = 5;

/** A group in short: enough to tell it from the few groups that somebody is in. */
function markOf(groupId: string): string {
  return createHash("sha256").update(groupId).digest().subarray(0, GROUP_BYTES).toString("base64url");
}

/** The mentions of many that a post adds; the head has no more room for those that are `outdated`. */
export type NewWide = {
  tokens(hash: string): string[];
  readonly outdated: readonly string[];
};

/** A message's mentions of many, beside those that the head holds. */
export function newWide(
  { isChannel, groupIds }: { readonly isChannel: boolean; readonly groupIds: readonly string[] },
  held: Wide,
): NewWide {
  // Who is in one of the groups is in the channel, too, or is not concerned.
  const marks = isChannel ? [EVERYBODY] : [...new Set(groupIds.map(markOf))].slice(0, MOST_WIDE);
  const newestFirst = Object.entries(held).sort(([, one], [, other]) => other - one);
  return {
    tokens: (hash) => marks.map((mark) => `${mark}-${hash}`),
    outdated: newestFirst.slice(MOST_WIDE - marks.length).map(([token]) => token),
  };
}

/**
 * The head of a channel after a message was edited, or deleted (label `head`): it holds what the message mentions of many
 * now, and of what it mentioned before nothing else. Nothing to write where that is so already.
 */
export function moveWideWrites(
  { organizationId, channelId }: ChannelKey,
  {
    seq,
    hash,
    mentions,
    held,
  }: { seq: number; hash: string; mentions: Parameters<typeof newWide>[0] | undefined; held: Wide },
): Write[] {
  const own = Object.keys(held).filter((token) => held[token] === seq);
  const others = Object.fromEntries(Object.entries(held).filter(([, at]) => at !== seq));
  const { tokens, outdated } = newWide(mentions ?? { isChannel: false, groupIds: [] }, others);
  const marked = (token: string): string => token.slice(0, -HASH_WITH_HYPHEN);
  const wanted = tokens(hash);
  const come = wanted.filter((token) => !own.some((one) => marked(one) === marked(token)));
  const gone = own.filter((token) => !wanted.some((one) => marked(one) === marked(token)));
  if (come.length === 0 && gone.length === 0) return [];
  const set = come.map((token, index) => ({ name: `#w${index}`, token }));
  const removed = [...gone, ...outdated].map((token, index) => ({ name: `#o${index}`, token }));
  const paths = (names: typeof set, what: string) =>
    names.map(({ name }) => `wide.${name}${what}`).join(", ");
  return [
    {
      label: "head",
      update: keys.channelHead(organizationId, channelId),
      expression: [
        ...(set.length === 0 ? [] : [`SET ${paths(set, " = :seq")}`]),
        ...(removed.length === 0 ? [] : [`REMOVE ${paths(removed, "")}`]),
      ].join(" "),
      condition: "attribute_exists(wide)",
      names: Object.fromEntries([...set, ...removed].map(({ name, token }) => [name, token])),
      ...(set.length === 0 ? {} : { values: { ":seq": seq } }),
    },
  ];
}

/** The `seq` of the messages that mention many, somebody in these groups among them. */
export function wideSeqsFor(wide: Wide, groupIds: readonly string[]): number[] {
  const tokens = Object.entries(wide);
  if (tokens.length === 0) return [];
  const marks = new Set([EVERYBODY, ...groupIds.map(markOf)]);
  return tokens.flatMap(([token, seq]) => (marks.has(token.slice(0, -HASH_WITH_HYPHEN)) ? [seq] : []));
}

const held = z.object({ wide: wideSchema.default({}) });

/** What the head holds, for half a read unit; only a post that adds to it asks. */
export async function heldWide(table: Table, { organizationId, channelId }: ChannelKey): Promise<Wide> {
  const { Item = {} } = await table.client.send(
    new GetCommand({
      TableName: table.name,
      Key: keys.channelHead(organizationId, channelId),
      ProjectionExpression: "wide",
    }),
  );
  return held.parse(Item).wide;
}

/** Takes a message's mentions of many off the head, if they are still among those that it holds: 1 write unit. */
export async function forgetWide(table: Table, channel: ChannelKey, seq: number): Promise<void> {
  const tokens = Object.entries(await heldWide(table, channel)).filter(([, at]) => at === seq);
  if (tokens.length === 0) return;
  const names = tokens.map(([token], index) => [`#w${index}`, token] as const);
  const command = new UpdateCommand({
    TableName: table.name,
    Key: keys.channelHead(channel.organizationId, channel.channelId),
    UpdateExpression: `REMOVE ${names.map(([name]) => `wide.${name}`).join(", ")}`,
    ConditionExpression: "attribute_exists(wide)",
    ExpressionAttributeNames: Object.fromEntries(names),
  });
  try {
    await pastConflicts(() => table.client.send(command));
  } catch (error) {
    // The channel itself was deleted meanwhile.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
