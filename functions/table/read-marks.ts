import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import { pastConflicts } from "./past-conflicts.ts";
import type { Table } from "./table.ts";

const markedRow = z.object({ role: z.string().optional(), lastReadSeq: z.number().int().default(0) });

/** Whose mark is moved; `isInWithoutRow` for members in General, in which everybody is (CH-1). */
export type Mark = { readonly userId: string; readonly seq: number; readonly isInWithoutRow: boolean };

/**
 * CH-11: moves a read mark, only ever forward: 1 write unit. Answers where the mark is then; `not-there` for somebody
 * who is not in the channel, and nothing is written.
 */
export async function moveReadMark(
  table: Table,
  channel: ChannelKey,
  { userId, seq, isInWithoutRow }: Mark,
): Promise<number | "not-there"> {
  const isForward = "(attribute_not_exists(lastReadSeq) OR lastReadSeq < :seq)";
  const command = new UpdateCommand({
    TableName: table.name,
    Key: keys.personChannel(channel.organizationId, userId, channel.channelId),
    UpdateExpression: "SET lastReadSeq = :seq",
    ConditionExpression: isInWithoutRow ? isForward : `attribute_exists(#role) AND ${isForward}`,
    ...(isInWithoutRow ? {} : { ExpressionAttributeNames: { "#role": "role" } }),
    ExpressionAttributeValues: { ":seq": seq },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  });
  try {
    await pastConflicts(() => table.client.send(command));
    return seq;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const { role, lastReadSeq } = markedRow.parse(error.Item === undefined ? {} : unmarshall(error.Item));
    return isInWithoutRow || role !== undefined ? lastReadSeq : "not-there";
  }
}
