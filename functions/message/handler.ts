import { readEnvironment } from "../shell/environment.ts";
import { httpHandler } from "../shell/http-handler.ts";
import { idempotencyStore } from "../table/idempotency.ts";
import { openTable } from "../table/table.ts";
import { roomLinks } from "./calls/conference-links.ts";
import { callUseCases } from "./calls/use-cases.ts";
import { messageUseCases } from "./use-cases.ts";

const env = readEnvironment("TABLE_NAME", "SOCKET_URL", "CONFERENCE_BASE_URL");
const table = openTable(env.TABLE_NAME);

export const handler = httpHandler(
  [...messageUseCases(table, env.SOCKET_URL), ...callUseCases(table, roomLinks(env.CONFERENCE_BASE_URL))],
  idempotencyStore(table),
);
