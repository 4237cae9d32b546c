import { VestibuleProblem } from "../problem.ts";

/** What was seen is not what the tour is about to claim. Its message is a sentence for whoever runs the tour. */
export class Difference extends Error {
  override readonly name = "Difference";
}

/** Ends the tour unless `found` is `wanted`. */
export function expectSame(what: string, found: unknown, wanted: unknown): void {
  const [seen, due] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (seen !== due) throw new Difference(`${what} should be ${due}, but is ${seen}.`);
}

/** The value, which has to be there. */
export function expectPresent<Value>(what: string, value: Value | undefined): Value {
  if (value === undefined) throw new Difference(`${what} is missing.`);
  return value;
}

/** The refusal that `act` has to meet. */
export async function expectRefusal(what: string, code: string, act: () => Promise<unknown>) {
  try {
    await act();
  } catch (error) {
    if (error instanceof VestibuleProblem && error.code === code) return error;
    throw error;
  }
  throw new Difference(`${what} should be refused with ${code}, but was allowed.`);
}

/** Asks until there is an answer; ends the tour when there is none in time. */
export async function expectSoon<Value>(
  what: string,
  ask: () => Value | undefined | Promise<Value | undefined>,
  timeoutMs = 20_000,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Difference(`${what} did not come within ${timeoutMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
