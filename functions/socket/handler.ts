import { openConnections } from "../realtime/connections.ts";
import { readEnvironment } from "../shell/environment.ts";
import { openTable } from "../table/table.ts";
import { socketHandler } from "./create-handler.ts";
import { connectDeps, frameDeps } from "./deps.ts";

const { TABLE_NAME, CONNECTIONS_URL } = readEnvironment("TABLE_NAME", "CONNECTIONS_URL");
const table = openTable(TABLE_NAME);

export const handler = socketHandler({
  ...frameDeps(table, openConnections(CONNECTIONS_URL)),
  ...connectDeps(table),
});
