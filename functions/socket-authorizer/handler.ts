import { readEnvironment } from "../shell/environment.ts";
import { openTable } from "../table/table.ts";
import { takeTicket } from "../table/tickets.ts";
import { authorizerHandler } from "./create-handler.ts";

const { TABLE_NAME, ALLOWED_ORIGINS } = readEnvironment("TABLE_NAME", "ALLOWED_ORIGINS");
const table = openTable(TABLE_NAME);

export const handler = authorizerHandler({
  allowedOrigins: ALLOWED_ORIGINS.split(",").map((origin) => origin.trim()),
  takeTicket: (ticket) => takeTicket(table, ticket),
  now: Date.now,
});
