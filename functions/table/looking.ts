import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { ChannelKey } from "./channel-heads.ts";
import { deleteItems } from "./delete-items.ts";
import { keys } from "./keys.ts";
import { CONNECTION_MS } from "./live.ts";
import { queryIndex } from "./read.ts";
import { type Table, ttlSeconds } from "./table.ts";

/** One connection of a person in an organization. */
export type OwnConnection = {
  readonly organizationId: string;
  readonly userId: string;
  readonly connectionId: string;
};

/**
 * Notes which channel a connection looks at: one item per connection, `O#<org>#LOOKERS` / `<connection>#<usr>`, so that it
 * looks at one at most; the index has them by channel.
 */
export async function lookAt(
  table: Table,
  { organizationId: org, userId, connectionId }: OwnConnection,
  channelId: string,
  now: number,
): Promise<void> {
  await table.client.send(
    new PutCommand({
      TableName: table.name,
      Item: {
        ...keys.looker(org, connectionId, userId),
        ...keys.lookerIndex(org, channelId, connectionId),
        expiresAt: ttlSeconds(now + CONNECTION_MS),
      },
    }),
  );
}

/** Forgets what connections look at: they look at nothing now, or are gone. */
export async function lookAway(table: Table, connections: readonly OwnConnection[]): Promise<void> {
  await deleteItems(
    table,
    connections.map(({ organizationId, userId, connectionId }) =>
      keys.looker(organizationId, connectionId, userId),
    ),
  );
}

/** The connections that look at a channel, at most `limit`; from the index, and not only those that are still open. */
export async function lookersAt(
  table: Table,
  { organizationId, channelId }: ChannelKey,
  limit: number,
): Promise<OwnConnection[]> {
  const found = await queryIndex(table, { partition: keys.looking(organizationId, channelId), limit });
  return found.keys.flatMap(({ sk }) => {
    const [connectionId, userId] = sk.split("#");
    return connectionId === undefined || userId === undefined
      ? []
      : [{ organizationId, userId, connectionId }];
  });
}
