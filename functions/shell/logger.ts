import { Logger } from "@aws-lambda-powertools/logger";

/**
 * What is logged of an error. Its own fields stay out: the SDK's errors carry the item that a condition failed on, with
 * its address and its hashes.
 */
function withoutItems(_: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return { name, message, stack, ...(cause instanceof Error ? { cause } : {}) };
}

/**
 * The function's logger: JSON lines. Log ids and codes only: never a body, a token, an address or a message
 * (`architecture.md`, Bundling and run time).
 */
export const logger = new Logger({ jsonReplacerFn: withoutItems });
