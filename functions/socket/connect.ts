import { permit } from "@vestibule/domain/permissions";
import type { LoadMember } from "../message/channel-relation.ts";
import { standingOf } from "../table/members.ts";
import type { Connection } from "./socket-event.ts";

export type ConnectDeps = {
  readonly member: LoadMember;
  readonly addConnection: (connection: Connection & { now: number }) => Promise<"added" | "too-many">;
  readonly removeConnections: (gone: {
    organizationId: string;
    userId: string;
    connectionIds: readonly string[];
  }) => Promise<void>;
  readonly now: () => number;
};

/** Takes a connection off the list of the live ones; 1 write unit. */
export async function disconnect(
  deps: Pick<ConnectDeps, "removeConnections">,
  { organizationId, userId, connectionId }: Connection,
): Promise<void> {
  await deps.removeConnections({ organizationId, userId, connectionIds: [connectionId] });
}

/**
 * Notes a connection as live, 1 write unit. The member is read after that, strongly: a removal at the same time either
 * finds the connection on the list and closes it, or is seen here (ORG-10). Answers the handshake's HTTP status.
 */
export async function connect(deps: ConnectDeps, connection: Connection): Promise<200 | 403 | 429> {
  const added = await deps.addConnection({ ...connection, now: deps.now() });
  if (added === "too-many") return 429;
  const member = await deps.member(connection.organizationId, connection.userId);
  if (permit("socket.open", { standing: standingOf(member) }).allowed) return 200;
  await disconnect(deps, connection);
  return 403;
}
