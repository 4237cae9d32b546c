import { openConnections } from "../realtime/connections.ts";
import { readEnvironment } from "../shell/environment.ts";
import { openTable } from "../table/table.ts";
import { relayHandler } from "./create-handler.ts";
import { liveDirectory } from "./live-directory.ts";

const { TABLE_NAME, CONNECTIONS_URL } = readEnvironment("TABLE_NAME", "CONNECTIONS_URL");
const directory = liveDirectory(openTable(TABLE_NAME), Date.now);

export const handler = relayHandler({
  directory,
  connections: openConnections(CONNECTIONS_URL),
  now: Date.now,
});
