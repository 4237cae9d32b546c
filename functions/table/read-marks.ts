import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import { getItem } from "./read.ts";
import type { Table } from "./table.ts";

const readMark = z.object({ lastReadSeq: z.number().int() });

/** How far a person has read a channel (CH-11): `O#<org>#PERSON#<usr>` / `CHANNEL#<chn>`; 0 before they ever did. */
export async function getReadMark(table: Table, channel: ChannelKey, userId: string): Promise<number> {
  const key = keys.personChannel(channel.organizationId, userId, channel.channelId);
  return (await getItem(table, key, readMark))?.lastReadSeq ?? 0;
}

/** Moves a read mark, only ever forward: 1 write unit. Answers where the mark is then. */
export async function moveReadMark(
  table: Table,
  channel: ChannelKey,
  userId: string,
  seq: number,
): Promise<number> {
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: keys.personChannel(channel.organizationId, userId, channel.channelId),
        UpdateExpression: "SET lastReadSeq = :seq",
        ConditionExpression: "attribute_not_exists(lastReadSeq) OR lastReadSeq < :seq",
        ExpressionAttributeValues: { ":seq": seq },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    );
    return seq;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
    return readMark.parse(unmarshall(error.Item)).lastReadSeq;
  }
}
