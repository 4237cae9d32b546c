import { openConnections } from "../realtime/connections.ts";
import { slowConnections } from "../realtime/slow-connections.ts";
import { readEnvironment } from "../shell/environment.ts";
import { openTable } from "../table/table.ts";
import { relayHandler } from "./create-handler.ts";
import { figuresFrom } from "./figures.ts";
import { liveDirectory } from "./live-directory.ts";

const { TABLE_NAME, CONNECTIONS_URL } = readEnvironment("TABLE_NAME", "CONNECTIONS_URL");
const table = openTable(TABLE_NAME);

export const handler = relayHandler({
  directory: liveDirectory(table, Date.now),
  figures: figuresFrom(table, Date.now),
  connections: openConnections(CONNECTIONS_URL),
  slow: slowConnections(),
  now: Date.now,
});
