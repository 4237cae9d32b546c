import { readEnvironment } from "../shell/environment.ts";
import { httpHandler } from "../shell/http-handler.ts";
import { idempotencyStore } from "../table/idempotency.ts";
import { openTable } from "../table/table.ts";
import { roomLinks } from "./calls/conference-links.ts";
import { callUseCases } from "./calls/use-cases.ts";
import { messageUseCases } from "./use-cases.ts";

const { TABLE_NAME, SOCKET_URL, CONFERENCE_BASE_URL } = readEnvironment(
  "TABLE_NAME",
  "SOCKET_URL",
  "CONFERENCE_BASE_URL",
);
const table = openTable(TABLE_NAME);

export const handler = httpHandler(
  [...messageUseCases(table, SOCKET_URL), ...callUseCases(table, roomLinks(CONFERENCE_BASE_URL))],
  idempotencyStore(table),
);
