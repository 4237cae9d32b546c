import { keys } from "../table/keys.ts";
import type { Write } from "../table/transaction.ts";

/**
 * The condition that somebody is an active member when they come in (label `person <usr>`): whoever is removed at the
 * same time is not in a channel or group afterwards (ORG-10).
 */
export function isMemberCheck({
  organizationId: org,
  userId,
}: {
  organizationId: string;
  userId: string;
}): Write {
  return {
    label: `person ${userId}`,
    check: keys.member(org, userId),
    condition: "kind = :member AND #state = :active",
    names: { "#state": "state" },
    values: { ":member": "member", ":active": "active" },
  };
}
