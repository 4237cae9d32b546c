import type { LiveDirectory } from "../realtime/fan-out.ts";
import { forgetConnections, liveManagers, livePeople, managerIds } from "../table/live.ts";
import type { Table } from "../table/table.ts";

/** Who is connected, from the table. */
export function liveDirectory(table: Table, now: () => number): LiveDirectory {
  return {
    everybody: (org) => livePeople(table, org, now()),
    managers: (org) => liveManagers(table, org, now()),
    managerIds: (org) => managerIds(table, org),
    removeConnections: (gone) => forgetConnections(table, gone, now()),
  };
}
