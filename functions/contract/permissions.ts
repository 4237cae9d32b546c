import { ACTION_TITLES, type Action } from "@vestibule/domain/actions";
import { type Decision, explainDenial } from "@vestibule/domain/decision";
import type { Standing } from "@vestibule/domain/people";
import { PERMISSIONS } from "@vestibule/domain/permission-table";
import { ACTIONS } from "@vestibule/domain/permissions";
import * as z from "zod";

/** A question's answer: the deciding rule, and why, in a sentence (GST-17). `code` is `allowed` or a refusal's. */
export const permissionShape = z.object({
  allowed: z.boolean(),
  code: z.string(),
  rule: z.string(),
  reason: z.string(),
});

export const actionPermissionShape = permissionShape.extend({ action: z.enum(ACTIONS) });

/** A decision for people: what decided it and why; what is allowed is so by the rule of its row. */
export function presentDecision(
  action: Action,
  standing: Standing,
  decision: Decision,
): z.infer<typeof permissionShape> {
  if (!decision.allowed) {
    const { code, rule } = decision;
    return { allowed: false, code, rule, reason: explainDenial(decision) };
  }
  const [, rule] = PERMISSIONS[action][standing.kind === "guest" ? "guest" : "member"];
  return { allowed: true, code: "allowed", rule, reason: `You may: ${ACTION_TITLES[action]}.` };
}
