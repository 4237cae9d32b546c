import type { Connections } from "../realtime/connections.ts";
import { slowConnections } from "../realtime/slow-connections.ts";
import type { Table } from "../table/table.ts";
import { figuresFrom } from "./figures.ts";
import { largeChannels } from "./large-channels.ts";
import { liveDirectory } from "./live-directory.ts";
import type { RelayDeps } from "./relay-batch.ts";

/** What the relay needs, for as long as its container lives: it remembers which connections are slow. */
export function relayDeps(table: Table, connections: Connections): RelayDeps {
  return {
    directory: liveDirectory(table, Date.now),
    figures: figuresFrom(table, Date.now),
    large: largeChannels(table, Date.now),
    connections,
    slow: slowConnections(),
    now: Date.now,
  };
}
