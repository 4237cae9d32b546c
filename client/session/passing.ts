import { VestibuleProblem } from "../problem.ts";

/** What passes: the service could not do it now, or somebody else is just doing it. */
export function isPassing(error: unknown): error is VestibuleProblem {
  if (!(error instanceof VestibuleProblem)) return false;
  const isBusy = error.status === 409 && error.retryAfterSeconds !== undefined;
  return error.status === 429 || error.status >= 500 || isBusy;
}

/** How long the service asks to wait, if it does. */
export function askedMs(error: unknown): number {
  return error instanceof VestibuleProblem ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
}
