import { openConnections } from "../realtime/connections.ts";
import { readEnvironment } from "../shell/environment.ts";
import { addConnection, removeConnections } from "../table/live.ts";
import { mirrorStatus } from "../table/statuses.ts";
import { openTable } from "../table/table.ts";
import { socketHandler } from "./create-handler.ts";
import { frameDeps } from "./frame-deps.ts";

const { TABLE_NAME, CONNECTIONS_URL } = readEnvironment("TABLE_NAME", "CONNECTIONS_URL");
const table = openTable(TABLE_NAME);

export const handler = socketHandler({
  ...frameDeps(table, openConnections(CONNECTIONS_URL)),
  addConnection: (connection) => addConnection(table, connection),
  removeConnections: (gone) => removeConnections(table, gone),
  mirrorStatus: (org, userId, now) => mirrorStatus(table, org, userId, now),
});
