import { messageDeps } from "../message/use-cases.ts";
import { readEnvironment } from "../shell/environment.ts";
import { httpHandler } from "../shell/http-handler.ts";
import { openTable } from "../table/table.ts";
import { commandUseCases } from "./use-cases.ts";

const table = openTable(readEnvironment("TABLE_NAME").TABLE_NAME);

export const handler = httpHandler(commandUseCases(table, messageDeps(table)));
