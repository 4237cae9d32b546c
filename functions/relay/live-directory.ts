import type { LiveDirectory } from "../realtime/fan-out.ts";
import { liveManagers, livePeople, managerIds, removeConnections } from "../table/live.ts";
import type { Table } from "../table/table.ts";

/** Who is connected, from the table. */
export function liveDirectory(table: Table, now: () => number): LiveDirectory {
  return {
    everybody: (org) => livePeople(table, org, now()),
    managers: (org) => liveManagers(table, org, now()),
    managerIds: (org) => managerIds(table, org),
    removeConnections: (gone) => removeConnections(table, gone),
  };
}
