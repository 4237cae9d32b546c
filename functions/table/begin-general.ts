import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { logger } from "../shell/logger.ts";
import { generalChannelId, keys } from "./keys.ts";
import { pastConflicts } from "./past-conflicts.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** What a guest had read there, or somebody has read since, stays. */
const begins = (org: string, userId: string, readTo: number) => ({
  update: keys.personChannel(org, userId, generalChannelId(org)),
  expression: "SET lastReadSeq = if_not_exists(lastReadSeq, :readTo)",
  values: { ":readTo": readTo },
});

/**
 * A new member, who needs no row to be in General (CH-1), gets one with their read mark (label `reads General`): what was said
 * before is not unread (MSG-11). Nothing where nothing was said.
 */
export function beginGeneralWrites(org: string, userId: string, readTo: number): Write[] {
  return readTo === 0 ? [] : [{ label: "reads General", ...begins(org, userId, readTo) }];
}

/**
 * The same by itself: 1 write unit, where a transaction would take 2. It never fails, as the membership is there already: at
 * worst General is unread from its beginning.
 */
export async function beginGeneral(table: Table, org: string, userId: string, readTo: number): Promise<void> {
  if (readTo === 0) return;
  const { update, expression, values } = begins(org, userId, readTo);
  const command = new UpdateCommand({
    TableName: table.name,
    Key: update,
    UpdateExpression: expression,
    ExpressionAttributeValues: values,
  });
  try {
    await pastConflicts(() => table.client.send(command));
  } catch (error) {
    logger.warn("General not marked as read", { error: error instanceof Error ? error.name : typeof error });
  }
}
