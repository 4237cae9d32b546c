import { permit } from "@vestibule/domain/permissions";
import type { PlaceDeps } from "../message/channel-relation.ts";
import type { ConnectedAs } from "../table/live.ts";
import { type PersonRecord, standingAt } from "../table/person-records.ts";
import type { Connection } from "./socket-event.ts";

export type ConnectDeps = Pick<PlaceDeps, "person" | "now"> & {
  addConnection(connection: Connection & ConnectedAs & { now: number }): Promise<"added" | "too-many">;
  removeConnections(gone: {
    organizationId: string;
    userId: string;
    connectionIds: readonly string[];
  }): Promise<void>;
};

/** Takes a connection off the list of the live ones; 1 write unit. */
export async function disconnect(
  deps: Pick<ConnectDeps, "removeConnections">,
  { organizationId, userId, connectionId }: Connection,
): Promise<void> {
  await deps.removeConnections({ organizationId, userId, connectionIds: [connectionId] });
}

/** As what the person is on the list: delivery tells members from guests, and knows when a guest's access ends. */
function connectedAs(person: PersonRecord | undefined): ConnectedAs {
  return person?.kind === "guest" ? { isGuest: true, endsAt: person.endsAt } : { isGuest: false };
}

const isSame = (one: ConnectedAs, other: ConnectedAs): boolean =>
  one.isGuest === other.isGuest && one.endsAt === other.endsAt;

/**
 * Notes a connection as live, 1 write unit. The record is read before, to tell as what, and strongly after: a removal,
 * a conversion or another end at the same time either finds the connection on the list and closes it, or is seen here
 * (ORG-10, GINV-10, GINV-11). Answers the handshake's HTTP status.
 */
export async function connect(deps: ConnectDeps, connection: Connection): Promise<200 | 403 | 429> {
  const { organizationId, userId } = connection;
  const maySee = (person: PersonRecord | undefined): boolean =>
    permit("socket.open", { standing: standingAt(person, deps.now()) }).allowed;
  const before = await deps.person(organizationId, userId);
  if (!maySee(before)) return 403;
  const as = connectedAs(before);
  const added = await deps.addConnection({ ...connection, ...as, now: deps.now() });
  if (added === "too-many") return 429;
  const after = await deps.person(organizationId, userId);
  const isNow = connectedAs(after);
  if (maySee(after) && isSame(as, isNow)) return 200;
  // Another connection of theirs may be on the list already as what they are now: it is told as that, and not as before.
  if (maySee(after)) await deps.addConnection({ ...connection, ...isNow, now: deps.now() });
  await disconnect(deps, connection);
  return 403;
}
