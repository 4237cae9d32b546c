import { permit } from "@vestibule/domain/permissions";
import type { PlaceDeps } from "../message/channel-relation.ts";
import { generalChannelId } from "../table/keys.ts";
import type { ConnectedAs } from "../table/live.ts";
import { type PersonRecord, standingAt } from "../table/person-records.ts";
import type { Connection } from "./socket-event.ts";

export type ConnectDeps = Pick<PlaceDeps, "person" | "row" | "now"> & {
  /** Tells the list of the live ones until when its person is in DND (PRS-4). */
  mirrorStatus(organizationId: string, userId: string, now: number): Promise<void>;
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

/** PRS-4, CH-1: how a member has set General, where they have no line of a roster that would say it. */
async function generalOf(deps: Pick<ConnectDeps, "row">, { organizationId, userId }: Connection) {
  const general = { organizationId, channelId: generalChannelId(organizationId) };
  const row = await deps.row(general, userId, { isConsistent: true });
  if (row?.level === undefined && row?.isMuted !== true) return undefined;
  return { isMuted: row.isMuted, ...(row.level === undefined ? {} : { level: row.level }) };
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
  const [before, general] = await Promise.all([
    deps.person(organizationId, userId),
    generalOf(deps, connection),
  ]);
  if (!maySee(before)) return 403;
  const as = { ...connectedAs(before), general };
  const added = await deps.addConnection({ ...connection, ...as, now: deps.now() });
  if (added === "too-many") return 429;
  const [after] = await Promise.all([
    deps.person(organizationId, userId),
    deps.mirrorStatus(organizationId, userId, deps.now()),
  ]);
  const isNow = { ...connectedAs(after), general };
  if (maySee(after) && isSame(as, isNow)) return 200;
  // Another connection of theirs may be on the list already as what they are now: it is told as that, and not as before.
  if (maySee(after)) await deps.addConnection({ ...connection, ...isNow, now: deps.now() });
  await disconnect(deps, connection);
  return 403;
}
