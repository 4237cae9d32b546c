import type { LiveDirectory } from "../realtime/recipients.ts";
import { forgetConnections, livePeople, livePeopleAmong, managerIds } from "../table/live.ts";
import { rosterOf } from "../table/roster.ts";
import type { Table } from "../table/table.ts";

/** Who is connected, and who is in which channel, from the table. */
export function liveDirectory(table: Table, now: () => number): LiveDirectory {
  return {
    everybody: (org) => livePeople(table, org, now()),
    among: (org, userIds) => livePeopleAmong(table, org, userIds, now()),
    managerIds: (org) => managerIds(table, org),
    roster: (organizationId, channelId) => rosterOf(table, { organizationId, channelId }),
    removeConnections: (gone) => forgetConnections(table, gone, now()),
  };
}
