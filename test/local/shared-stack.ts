import type { LocalStack } from "../../infra/local/contracts.ts";
import { startLocalStack } from "../../infra/local/start-local-stack.ts";
import { E2E } from "../support/e2e-stack.ts";

let started: Promise<LocalStack> | undefined;

/**
 * The stack of all files of this worker that ask for it: warm after the first one, which is most of what a file costs
 * otherwise. People and organizations are each test's own; what is the stack's own (faults, the meter) begins anew with
 * each file, and the clock stands wherever the last one moved it. It ends with its worker. A file that looks at all that
 * a stack holds or says (its mails, its log, its stream) starts one for itself.
 */
export async function sharedStack(): Promise<LocalStack> {
  started ??= startLocalStack(E2E);
  const stack = await started;
  stack.context.faults.replace([]);
  stack.context.meter.reset();
  return stack;
}
