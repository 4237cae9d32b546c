import { readEnvironment } from "../shell/environment.ts";
import { recordMailReport } from "../table/invitation-mail.ts";
import { openTable } from "../table/table.ts";
import { createMailEventsHandler } from "./create-handler.ts";

const table = openTable(readEnvironment("TABLE_NAME").TABLE_NAME);

export const handler = createMailEventsHandler({ record: (report) => recordMailReport(table, report) });
