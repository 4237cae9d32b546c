import type { LocalStack } from "../../infra/local/contracts.ts";
import { accessKeyOf } from "../../infra/local/runtime/caller.ts";

/** More workers than any stack has started. */
const MOST_WORKERS = 2_000;

/**
 * Gives a function other environment variables, as a deployment does: its workers end, and those that follow have them.
 * @returns what puts the former ones back
 */
export function reconfigured(
  { context }: LocalStack,
  name: string,
  variables: Readonly<Record<string, string>>,
): () => void {
  const model = context.model.functions.find((each) => each.name === name);
  if (model === undefined) throw new Error(`no function named ${name}`);
  const former = { ...model.environment };
  const set = (environment: Record<string, string>) => {
    model.environment = environment;
    for (let count = 1; count <= MOST_WORKERS; count += 1) context.invoker.kill(accessKeyOf(name, count));
  };
  set({ ...former, ...variables });
  return () => set(former);
}
