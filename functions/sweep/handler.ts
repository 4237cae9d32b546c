import { readEnvironment } from "../shell/environment.ts";
import { openTable } from "../table/table.ts";
import { sweepHandler } from "./sweep.ts";

export const handler = sweepHandler(openTable(readEnvironment("TABLE_NAME").TABLE_NAME));
