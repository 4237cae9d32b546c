import { readEnvironment } from "../shell/environment.ts";
import { httpHandler } from "../shell/http-handler.ts";
import { openTable } from "../table/table.ts";
import { messageUseCases } from "./use-cases.ts";

const { TABLE_NAME, SOCKET_URL } = readEnvironment("TABLE_NAME", "SOCKET_URL");

export const handler = httpHandler(messageUseCases(openTable(TABLE_NAME), SOCKET_URL));
