import { readEnvironment } from "../shell/environment.ts";
import { secretParameter } from "../shell/secret-parameter.ts";
import { openTable } from "../table/table.ts";
import { builtInBrain } from "./brain.ts";
import { assistantHandler } from "./create-handler.ts";
import { endpointBrain } from "./endpoint-brain.ts";

const { TABLE_NAME, ASSISTANT_URL, ASSISTANT_MODEL, ASSISTANT_KEY_NAME } = readEnvironment(
  "TABLE_NAME",
  "ASSISTANT_URL",
  "ASSISTANT_MODEL",
  "ASSISTANT_KEY_NAME",
);

const key =
  ASSISTANT_KEY_NAME === null ? async () => undefined : secretParameter(ASSISTANT_KEY_NAME, Date.now);

export const handler = assistantHandler({
  table: openTable(TABLE_NAME),
  brain:
    ASSISTANT_URL === null
      ? builtInBrain
      : endpointBrain({ url: ASSISTANT_URL, model: ASSISTANT_MODEL ?? "default", key }),
});
