import { readEnvironment } from "../shell/environment.ts";
import { httpHandler } from "../shell/http-handler.ts";
import { idempotencyStore } from "../table/idempotency.ts";
import { openTable } from "../table/table.ts";
import { channelUseCases } from "./use-cases.ts";

const table = openTable(readEnvironment("TABLE_NAME").TABLE_NAME);

export const handler = httpHandler(channelUseCases(table), idempotencyStore(table));
