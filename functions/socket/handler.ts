import { markReadDeps } from "../message/mark-read.ts";
import { messageDeps } from "../message/use-cases.ts";
import { readEnvironment } from "../shell/environment.ts";
import { addConnection, removeConnections } from "../table/live.ts";
import { openTable } from "../table/table.ts";
import { socketHandler } from "./create-handler.ts";

const table = openTable(readEnvironment("TABLE_NAME").TABLE_NAME);

export const handler = socketHandler({
  ...messageDeps(table),
  ...markReadDeps(table),
  addConnection: (connection) => addConnection(table, connection),
  removeConnections: (gone) => removeConnections(table, gone),
});
