import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { keys } from "./keys.ts";
import { type Table, ttlSeconds } from "./table.ts";

const ticketItem = z.object({ userId: z.string() });

/** Keeps a ticket under its hash until `endsAt` (epoch ms): 1 write unit. */
export async function putTicket(
  table: Table,
  ticket: { organizationId: string; hash: string; userId: string; endsAt: number },
): Promise<void> {
  const { organizationId, hash, userId, endsAt } = ticket;
  await table.client.send(
    new PutCommand({
      TableName: table.name,
      // TTL deletes days late and in whole seconds; `endsAt` is what counts.
      Item: { ...keys.ticket(organizationId, hash), userId, endsAt, expiresAt: ttlSeconds(endsAt) },
      ConditionExpression: "attribute_not_exists(pk)",
    }),
  );
}

/** Uses a ticket up: whoever deletes it first gets its person, everybody else nothing. */
export async function takeTicket(
  table: Table,
  ticket: { organizationId: string; hash: string; now: number },
): Promise<{ userId: string } | undefined> {
  try {
    const { Attributes } = await table.client.send(
      new DeleteCommand({
        TableName: table.name,
        Key: keys.ticket(ticket.organizationId, ticket.hash),
        ConditionExpression: "endsAt > :now",
        ExpressionAttributeValues: { ":now": ticket.now },
        ReturnValues: "ALL_OLD",
      }),
    );
    return Attributes === undefined ? undefined : ticketItem.parse(Attributes);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
