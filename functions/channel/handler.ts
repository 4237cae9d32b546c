import { readEnvironment } from "../shell/environment.ts";
import { httpHandler } from "../shell/http-handler.ts";
import { idempotencyStore } from "../table/idempotency.ts";
import { openTable } from "../table/table.ts";
import { groupUseCases } from "./groups-use-cases.ts";
import { channelPeopleUseCases } from "./people-use-cases.ts";
import { channelUseCases } from "./use-cases.ts";

const table = openTable(readEnvironment("TABLE_NAME").TABLE_NAME);

export const handler = httpHandler(
  [...channelUseCases(table), ...channelPeopleUseCases(table), ...groupUseCases(table)],
  idempotencyStore(table),
);
