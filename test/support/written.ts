import type { LocalStack } from "../../infra/local/contracts.ts";

/**
 * What a function has written so far, in units: a write of what is there already counts, too. Only the function that is
 * asked writes at once; others work on in the background.
 */
export function writtenBy({ context }: LocalStack, functionName: string): number {
  return context.meter
    .read()
    .units.filter((each) => each.functionName === functionName)
    .reduce((sum, { writeUnits }) => sum + writeUnits, 0);
}
