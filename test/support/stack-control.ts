import type { FaultRule, LocalStack } from "../../infra/local/contracts.ts";
import { send } from "./send.ts";

/** Puts faults in place of those there are; none: all is well again. */
export async function setFaults(
  stack: LocalStack,
  ...rules: (Omit<FaultRule, "match"> & { match?: Record<string, string> })[]
): Promise<void> {
  const { status, text } = await send(stack, "PUT", "/local/faults", { body: { rules } });
  if (status !== 200) throw new Error(text);
}

/** Below the functions' own timeout of a request, 1 s. */
const HELD_MS = 600;

/**
 * Does something while every transaction is held back for a while before it is carried out: whoever decides meanwhile
 * decides on the same facts, so that the conditions in the writes, and not luck, keep the rules.
 */
export async function whileWritesAreHeld<Result>(
  stack: LocalStack,
  act: () => Promise<Result>,
): Promise<Result> {
  const match = { operation: "TransactWriteItems" };
  await setFaults(stack, { target: "dynamodb", match, effect: "delay", delayMs: HELD_MS });
  try {
    return await act();
  } finally {
    await setFaults(stack);
  }
}

/** Moves the stack's clock. */
export async function advance(stack: LocalStack, seconds: number): Promise<void> {
  const { status, text } = await send(stack, "POST", "/local/clock", { body: { advanceSeconds: seconds } });
  if (status !== 200) throw new Error(text);
}

export const DAY_SECONDS = 24 * 60 * 60;
