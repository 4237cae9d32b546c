import { DENIALS, type DenialCode, GUEST_RULES, type RuleId } from "./codes.ts";

export type Allowed = { readonly allowed: true };

/**
 * A denial is a value: a stable code, the rule that decided, and the data of the case, `field` being the one of the request
 * that is at fault. Prose is `explain(code)`.
 */
export type Denied = {
  readonly allowed: false;
  readonly code: DenialCode;
  readonly rule: RuleId;
  readonly details?: Readonly<Record<string, unknown>>;
};

export type Decision = Allowed | Denied;

/** The one positive decision. */
export function allow(): Allowed {
  return { allowed: true };
}

/** A negative decision, citing the rule that made it (GST-17). */
export function deny(code: DenialCode, rule: RuleId, details?: Readonly<Record<string, unknown>>): Denied {
  return details === undefined ? { allowed: false, code, rule } : { allowed: false, code, rule, details };
}

/** Rules in the order of their prose: the first that denies decides, none denying allows. */
export function firstDenial(...decisions: readonly Decision[]): Decision {
  return decisions.find((decision) => !decision.allowed) ?? allow();
}

/** Why a code denies, in a sentence for the person refused (GST-17). */
export function explain(code: DenialCode): string {
  return DENIALS[code].why;
}

/** Why this denial, as its rule has it for guests; what other people are refused for, the code says (GST-17). */
export function explainDenial({ code, rule }: Pick<Denied, "code" | "rule">): string {
  const isGuests = code === "guest-restricted" || code === "not-found";
  return (isGuests ? GUEST_RULES[rule] : undefined) ?? explain(code);
}
