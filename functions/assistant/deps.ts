import { readEnvironment } from "../shell/environment.ts";
import { secretParameter } from "../shell/secret-parameter.ts";
import { openTable } from "../table/table.ts";
import { type Brain, builtInBrain } from "./brain.ts";
import type { AssistantDeps } from "./create-handler.ts";
import { endpointBrain } from "./endpoint-brain.ts";

/** BOT-3: the brain that this deployment has configured. */
function brainOf(environment: ReturnType<typeof variables>): Brain {
  const { ASSISTANT_URL: url, ASSISTANT_MODEL: model, ASSISTANT_KEY_NAME: keyName } = environment;
  if (url === null) return builtInBrain;
  if (model === null) throw new Error("an endpoint is asked for a model: ASSISTANT_MODEL");
  const key = keyName === null ? async () => undefined : secretParameter(keyName, Date.now);
  return endpointBrain({ url, model, key });
}

const variables = () =>
  readEnvironment("TABLE_NAME", "ASSISTANT_URL", "ASSISTANT_MODEL", "ASSISTANT_KEY_NAME");

/** The assistant's dependencies in this container. */
export function assistantDeps(): AssistantDeps {
  const environment = variables();
  return { table: openTable(environment.TABLE_NAME), brain: brainOf(environment) };
}
