import { readEnvironment } from "../shell/environment.ts";
import { openTable } from "../table/table.ts";
import { commandHandler } from "./create-handler.ts";

export const handler = commandHandler(openTable(readEnvironment("TABLE_NAME").TABLE_NAME));
