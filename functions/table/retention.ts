import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { PLAN_DELETION_DAYS } from "@vestibule/domain/plans";
import type { Plan } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { type Key, keys } from "./keys.ts";
import { type Page, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** An organization whose plan deletes old messages: `RETENTION` / `O#<org>`, so that the sweep looks at no other. */
const retentionItem = z.object({
  organizationId: z.string(),
  /** When all of its channels were last gone through. */
  sweptAt: z.string().optional(),
  /** The channel after which the next sweep goes on, where time ran out. */
  doneTo: z.string().optional(),
});

export type Retention = z.infer<typeof retentionItem>;

const deletes = (plan: Plan | undefined): boolean => plan !== undefined && PLAN_DELETION_DAYS[plan] !== null;

/** SEAT-7: what a new organization, or one with another plan, writes: whether its old messages are deleted. */
export function retentionWrites(
  organizationId: string,
  { before, after }: { readonly before: Plan | undefined; readonly after: Plan },
): Write[] {
  if (deletes(before) === deletes(after)) return [];
  const key = keys.retention(organizationId);
  return [
    deletes(after)
      ? { label: "retention", put: { ...key, organizationId } }
      : { label: "retention", remove: key },
  ];
}

/** One page of the organizations whose plan deletes old messages. */
export async function listRetentions(
  table: Table,
  page: { limit: number; after: string | undefined },
): Promise<Page<Retention>> {
  return await queryPage(table, { partition: keys.retention("").pk, ...page }, retentionItem);
}

async function updateIfThere(
  table: Table,
  key: Key,
  change: { expression: string; condition: string; values: Record<string, unknown> },
): Promise<void> {
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: key,
        UpdateExpression: change.expression,
        ConditionExpression: change.condition,
        ...(Object.keys(change.values).length === 0 ? {} : { ExpressionAttributeValues: change.values }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

/** Notes how far a sweep came: through all channels, or to the one that the next goes on after. */
export async function noteSwept(
  table: Table,
  organizationId: string,
  progress: { readonly sweptAt: number } | { readonly doneTo: string },
): Promise<void> {
  await updateIfThere(table, keys.retention(organizationId), {
    ...("doneTo" in progress
      ? { expression: "SET doneTo = :to", values: { ":to": progress.doneTo } }
      : { expression: "SET sweptAt = :at REMOVE doneTo", values: { ":at": isoTime(progress.sweptAt) } }),
    condition: "attribute_exists(pk)",
  });
}

/** SEAT-7: notes on the head that messages are deleted up to here, ahead of deleting them, so that nobody takes them for holes. */
export async function noteDeletedTo(table: Table, channel: ChannelKey, seq: number): Promise<void> {
  await updateIfThere(table, keys.channelHead(channel.organizationId, channel.channelId), {
    expression: "SET deletedTo = :seq",
    condition: "attribute_exists(pk) AND (attribute_not_exists(deletedTo) OR deletedTo < :seq)",
    values: { ":seq": seq },
  });
}
