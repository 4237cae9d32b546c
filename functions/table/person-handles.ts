import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { keys } from "./keys.ts";
import { getItems } from "./read.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** Somebody with a handle, and the addresses that are theirs. */
type Named = {
  readonly organizationId: string;
  readonly userId: string;
  readonly handle: string;
  readonly addressKeys: readonly string[];
};

/**
 * Makes somebody findable by their handle who has no address that would bear it: a founder whose address nobody has
 * verified, or somebody whose addresses are somebody else's in the place that they were converted to.
 */
export function handleWrites({ organizationId: org, userId, handle, addressKeys }: Named): Write[] {
  if (addressKeys.length > 0) return [];
  const entry = { ...keys.personHandle(org, handle), ...keys.personHandleIndex(org, handle), userId };
  return [{ label: "handle of person", put: entry }];
}

/** Takes the same away when they leave; an address goes by itself. */
export function dropHandleWrites({ organizationId: org, handle, addressKeys }: Named): Write[] {
  if (addressKeys.length > 0) return [];
  return [{ label: "handle of person", remove: keys.personHandle(org, handle) }];
}

const foundKey = z.object({ pk: z.string(), sk: z.string() });

async function keysOf(table: Table, org: string, handle: string): Promise<z.infer<typeof foundKey>[]> {
  const { gsi1pk, gsi1sk } = keys.personHandleIndex(org, handle);
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: "gsi1",
      KeyConditionExpression: "gsi1pk = :handles AND gsi1sk = :handle",
      ExpressionAttributeValues: { ":handles": gsi1pk, ":handle": gsi1sk },
    }),
  );
  return Items.map((item) => foundKey.parse(item));
}

const owned = z.object({ gsi1sk: z.string().optional(), userId: z.string().optional() });

/**
 * The people who may have these handles (MSG-10): half a read unit for a handle that is nobody's, 1.5 for one that is
 * somebody's. An index follows the table a moment later: whoever uses this looks at the records themselves.
 */
export async function findByHandle(table: Table, org: string, handles: readonly string[]): Promise<string[]> {
  const found = await Promise.all(handles.map((handle) => keysOf(table, org, handle)));
  const items = await getItems(table, found.flat(), owned);
  return items.flatMap(({ gsi1sk, userId }) =>
    userId !== undefined && gsi1sk !== undefined && handles.includes(gsi1sk) ? [userId] : [],
  );
}
