import { readEnvironment } from "../shell/environment.ts";
import { httpHandler } from "../shell/http-handler.ts";
import { readMailLimits } from "../shell/mail-limits.ts";
import { idempotencyStore } from "../table/idempotency.ts";
import { openTable } from "../table/table.ts";
import { shareUseCases } from "./use-cases.ts";

const environment = readEnvironment("TABLE_NAME", "PAGE_BASE_URL");
const table = openTable(environment.TABLE_NAME);
const deps = { table, pageBaseUrl: environment.PAGE_BASE_URL, mailLimits: readMailLimits() };

export const handler = httpHandler(shareUseCases(deps), idempotencyStore(table));
