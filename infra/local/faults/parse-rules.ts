import * as z from "zod";
import type { FaultRule } from "../contracts.ts";

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const rulesSchema = z.strictObject({
  rules: z.array(
    z.strictObject({
      target: z.enum(["dynamodb", "ses", "connections", "function"]),
      match: z.record(z.string(), text).default({}),
      effect: z.enum(["throttle", "error", "error-after", "delay", "kill", "drop", "duplicate", "reorder"]),
      rate: z.number().min(0).max(1).optional(),
      times: z.int().min(0).optional(),
      seed: z.int().optional(),
      skip: z.int().min(0).optional(),
      delayMs: z.number().min(0).optional(),
      conflict: z.boolean().optional(),
    }),
  ),
});

/** The rules of `PUT /local/faults`, or what is wrong with them. */
export function parseRules(body: unknown): { rules: FaultRule[] } | { error: string } {
  const parsed = rulesSchema.safeParse(body);
  if (parsed.success) return { rules: parsed.data.rules };
  return { error: z.prettifyError(parsed.error) };
}
