import type { PlaceDeps } from "../message/channel-relation.ts";
import { admit } from "../message/channel-relation.ts";
import { mayReadIn } from "../message/message-in-sight.ts";
import type { Connections } from "../realtime/connections.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import type { LivePerson } from "../table/live.ts";
import type { OwnConnection } from "../table/looking.ts";
import type { Membership } from "../table/memberships.ts";

/** What looking at channels, and telling those who look, needs. */
export type LookDeps = PlaceDeps & {
  lookAt(connection: OwnConnection, channelId: string, now: number): Promise<void>;
  lookAway(connections: readonly OwnConnection[]): Promise<void>;
  /** At most `limit`, and not only those that are still open. */
  lookersAt(channel: ChannelKey, limit: number): Promise<OwnConnection[]>;
  livePeople(organizationId: string, userIds: readonly string[]): Promise<LivePerson[]>;
  membershipsOf(
    channel: ChannelKey,
    userIds: readonly string[],
  ): Promise<ReadonlyMap<string, Pick<Membership, "kind">>>;
  readonly connections: Connections;
};

/** A reader of a channel looks at it with one connection, which looks at no other then; or at none at all. */
export async function look(
  deps: LookDeps,
  { organizationId, userId, connectionId }: OwnConnection,
  channelId: string | null,
): Promise<void> {
  const connection = { organizationId, userId, connectionId };
  if (channelId === null) return await deps.lookAway([connection]);
  await admit(deps, { channel: { organizationId, channelId }, userId }, mayReadIn);
  await deps.lookAt(connection, channelId, deps.now());
}
