import { openConnections } from "../realtime/connections.ts";
import { readEnvironment } from "../shell/environment.ts";
import { openTable } from "../table/table.ts";
import { relayHandler } from "./create-handler.ts";
import { relayDeps } from "./deps.ts";

const { TABLE_NAME, CONNECTIONS_URL } = readEnvironment("TABLE_NAME", "CONNECTIONS_URL");

export const handler = relayHandler(relayDeps(openTable(TABLE_NAME), openConnections(CONNECTIONS_URL)));
