import type { LocalStack } from "../../infra/local/contracts.ts";

/** What works on after a request is answered, and writes then. */
const IN_THE_BACKGROUND: ReadonlySet<string> = new Set(["relay", "mailer", "mail-events", "sweep"]);

/** What requests and frames have written so far, in units: a write of what is there already counts, too. */
export function writtenByRequests({ context }: LocalStack): number {
  return context.meter
    .read()
    .units.filter(({ functionName }) => !IN_THE_BACKGROUND.has(functionName))
    .reduce((sum, { writeUnits }) => sum + writeUnits, 0);
}
