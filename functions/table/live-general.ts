import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { keys } from "./keys.ts";
import { pastConflicts } from "./past-conflicts.ts";
import type { LineSettings } from "./roster.ts";
import type { Table } from "./table.ts";

/**
 * Tells those who deliver how a member has set General, in whose roster members have no line (CH-1, PRS-4): on the entry
 * of their connections, if they have any. Who connects later brings it along.
 */
export async function setLiveGeneral(
  table: Table,
  org: string,
  userId: string,
  { level, isMuted = false }: LineSettings,
): Promise<void> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: keys.livePerson(org, userId),
    UpdateExpression: "SET #general = :general",
    ConditionExpression: "attribute_exists(connections)",
    ExpressionAttributeNames: { "#general": "general" },
    ExpressionAttributeValues: { ":general": { isMuted, ...(level === undefined ? {} : { level }) } },
  });
  try {
    await pastConflicts(() => table.client.send(command));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
