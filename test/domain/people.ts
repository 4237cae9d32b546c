import { type Guest, type Member, NO_RIGHTS, type Outsider } from "@vestibule/domain/people";
import { CHAT_ROLES, MEMBER_STATES, ORG_ROLES } from "@vestibule/domain/vocabulary";
import * as fc from "fast-check";

/** The cast of the domain's tests. */
export const outsider: Outsider = { kind: "outsider" };
export const guest: Guest = { kind: "guest", state: "active" };

/** An active user without any right, unless said otherwise. */
export function member(facts: Partial<Member> = {}): Member {
  return { kind: "member", state: "active", orgRole: "user", chatRole: "user", rights: NO_RIGHTS, ...facts };
}

export const legalRepresentative = member({ orgRole: "legal_representative" });
export const administrator = member({ orgRole: "administrator" });
export const chatAdmin = member({ chatRole: "admin" });
export const user = member();
export const deactivated = member({
  orgRole: "legal_representative",
  chatRole: "admin",
  state: "deactivated",
});

export const anyRights = fc.record({
  suite: fc.boolean(),
  chat: fc.boolean(),
  mail: fc.boolean(),
  accounting: fc.boolean(),
});
export const anyOrgRole = fc.constantFrom(...ORG_ROLES);
export const anyChatRole = fc.constantFrom(...CHAT_ROLES);
export const anyMember: fc.Arbitrary<Member> = fc.record({
  kind: fc.constant("member"),
  state: fc.constantFrom(...MEMBER_STATES),
  orgRole: anyOrgRole,
  chatRole: anyChatRole,
  rights: anyRights,
});
export const anyStanding = fc.oneof(
  fc.constant(outsider),
  fc.record({ kind: fc.constant("guest" as const), state: fc.constantFrom(...MEMBER_STATES) }),
  anyMember,
);
