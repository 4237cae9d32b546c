import type { DenialCode, RuleId } from "@vestibule/domain/codes";

type OtherCode = "stale" | "idempotency-key-reused" | "invalid-request";

/** The codes that this page can meet, in what it asks for and in what it shows as not allowed. */
const REASON_CODES = [
  "not-found",
  "member-deactivated",
  "guest-restricted",
  "not-org-manager",
  "not-chat-admin",
  "not-manager",
  "not-mail-manager",
  "not-channel-member",
  "not-channel-admin",
  "legal-representative-only",
  "role-above-own",
  "rights-above-own",
  "last-legal-representative",
  "rights-by-role",
  "already-deactivated",
  "already-active",
  "quota-exceeded",
  "already-member",
  "already-guest",
  "already-invited",
  "invitation-not-pending",
  "resent-too-soon",
  "mail-limit-exceeded",
  "channel-required",
  "channel-not-shareable",
  "channel-archived",
  "not-in-conversations",
  "end-in-past",
  "reauthentication-required",
  "address-conflict",
  "address-is-login",
  "stale",
  "idempotency-key-reused",
  "invalid-request",
] as const satisfies readonly (DenialCode | OtherCode)[];

/** The rules about guests that say more than the code does (GST-17). */
const REASON_RULES = ["GST-12", "GST-13", "GST-16"] as const satisfies readonly RuleId[];

type Key = (typeof REASON_CODES)[number] | (typeof REASON_RULES)[number];

/** Why something is refused, in another language than the service's own. */
export type Reasons = Readonly<Record<Key, string>>;

/** Codes whose rule says more than they do, as the service has it. */
const OF_RULE = new Set(["guest-restricted", "not-found"]);

/**
 * Why, in the reader's language: by the rule where it says more than the code, else by the code. `undefined` where the
 * page has no words of its own, and in English, which is what the service speaks.
 */
export function reasonOf(
  reasons: Readonly<Record<string, string>> | undefined,
  code: string,
  rule: string,
): string | undefined {
  const known = new Map(Object.entries(reasons ?? {}));
  return (OF_RULE.has(code) ? known.get(rule) : undefined) ?? known.get(code);
}
