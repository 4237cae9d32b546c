import { type MarkReadDeps, markReadDeps } from "../message/mark-read.ts";
import { messageDeps } from "../message/message-deps.ts";
import type { PostDeps } from "../message/post-message.ts";
import type { ReadDeps } from "../message/read-deps.ts";
import { whomSees } from "../organization/seen-by.ts";
import { setStatus } from "../organization/set-status.ts";
import type { Connections } from "../realtime/connections.ts";
import { statusesOf } from "../realtime/statuses.ts";
import { addConnection, livePeopleAmong, removeConnections } from "../table/live.ts";
import { lookAt, lookAway, lookersAt } from "../table/looking.ts";
import { getMembershipsOf } from "../table/memberships.ts";
import { mirrorStatus } from "../table/status-writes.ts";
import type { Table } from "../table/table.ts";
import { watchPeople } from "../table/watchers.ts";
import type { ConnectDeps } from "./connect.ts";
import type { LookDeps } from "./look.ts";
import type { StatusFrameDeps } from "./status-frame.ts";

/** What frames need: each does what the same request does by HTTP. */
export type FrameDeps = PostDeps & MarkReadDeps & ReadDeps & LookDeps & StatusFrameDeps;

/** The same from the table and the open connections. */
export function frameDeps(table: Table, connections: Connections): FrameDeps {
  return {
    ...messageDeps(table),
    ...markReadDeps(table),
    connections,
    lookAt: (connection, channelId, now) => lookAt(table, connection, channelId, now),
    lookAway: (away) => lookAway(table, away),
    lookersAt: (channel, limit) => lookersAt(table, channel, limit),
    livePeople: (org, userIds) => livePeopleAmong(table, org, userIds, Date.now()),
    membershipsOf: (channel, userIds) => getMembershipsOf(table, channel, userIds),
    setStatus: (org, userId, change) => setStatus(table, { org, userId, now: Date.now() }, change),
    seenBy: (org, viewerId, userIds) => whomSees(table, org, viewerId, userIds, Date.now()),
    statusesOf: (org, userIds) => statusesOf(table, org, userIds, Date.now()),
    watchPeople: (connection, userIds, now) => watchPeople(table, connection, userIds, now),
  };
}

/** What coming and going needs beside it. */
export function connectDeps(table: Table): Omit<ConnectDeps, "person" | "row" | "now"> {
  return {
    addConnection: (connection) => addConnection(table, connection),
    removeConnections: (gone) => removeConnections(table, gone),
    mirrorStatus: (org, userId, now) => mirrorStatus(table, org, userId, now),
  };
}
