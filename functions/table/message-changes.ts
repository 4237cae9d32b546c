import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import { type Message, messageItem } from "./messages.ts";
import { getItems } from "./read.ts";
import { isoTime, type Table } from "./table.ts";

/**
 * What every change of a stored message sets besides (`expression` goes behind a `SET`): when it was changed, and with it
 * its place in the index of changes, by which those who were away learn of it (MSG-4).
 */
export function changedNow({ organizationId: org, channelId }: ChannelKey, seq: number, now: number) {
  const changedAt = isoTime(now);
  const { gsi1pk, gsi1sk } = keys.changeIndex(org, channelId, changedAt, seq);
  return {
    expression: "changedAt = :changedAt, gsi1pk = :changes, gsi1sk = :change",
    values: { ":changedAt": changedAt, ":changes": gsi1pk, ":change": gsi1sk },
  };
}

/** A message that was changed, as it is now; `at` is its place in the index of changes. */
export type ChangedMessage = { readonly at: string; readonly message: Message };

const changeEntry = z.object({ pk: z.string(), sk: z.string(), gsi1sk: z.string() });

/** A page of changes; `last` is where the index was read to, and more may follow unless `isLast`. */
export type ChangesPage = {
  readonly items: ChangedMessage[];
  readonly last: string | undefined;
  readonly isLast: boolean;
};

/**
 * A channel's messages that were changed after a place in the index, by when; those that are gone meanwhile are left out. The
 * index lags: who asks by time asks from somewhat earlier on.
 */
export async function listChanges(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  { after, limit }: { after: string; limit: number },
): Promise<ChangesPage> {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: "gsi1",
      KeyConditionExpression: "gsi1pk = :pk AND gsi1sk > :after",
      ExpressionAttributeValues: { ":pk": keys.changes(org, channelId), ":after": after },
      Limit: limit,
    }),
  );
  const found = Items.map((item) => changeEntry.parse(item));
  const messages = await getItems(
    table,
    found.map(({ pk, sk }) => ({ pk, sk })),
    messageItem,
  );
  const bySeq = new Map(messages.map((message) => [message.seq, message]));
  const items = found.flatMap(({ sk, gsi1sk }) => {
    const message = bySeq.get(Number(sk));
    return message === undefined ? [] : [{ at: gsi1sk, message }];
  });
  return { items, last: found.at(-1)?.gsi1sk, isLast: LastEvaluatedKey === undefined };
}
