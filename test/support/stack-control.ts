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

/** Moves the stack's clock. */
export async function advance(stack: LocalStack, seconds: number): Promise<void> {
  const { status, text } = await send(stack, "POST", "/local/clock", { body: { advanceSeconds: seconds } });
  if (status !== 200) throw new Error(text);
}

export const DAY_SECONDS = 24 * 60 * 60;
