import type { ChatRole, MemberState, OrgRole } from "@vestibule/domain/vocabulary";
import { keys } from "./keys.ts";
import type { Write } from "./transaction.ts";

type Roles = { orgRole: OrgRole; chatRole: ChatRole; state: MemberState };

/**
 * Whether a member is listed under `O#<org>#MANAGERS`: org managers and chat admins, whom live events of invitations
 * and usage reach. The list is written with the record it follows from, so that telling them costs what they are, not
 * what the organization is.
 */
export function isManaging(member: Roles): boolean {
  if (member.state !== "active") return false;
  return member.orgRole !== "user" || member.chatRole === "admin";
}

/** The write that lists or unlists a member after a change of roles or state; none if nothing changes. */
export function managerWrites(org: string, user: string, before: Roles, after: Roles): Write[] {
  if (isManaging(before) === isManaging(after)) return [];
  const key = keys.manager(org, user);
  return [isManaging(after) ? { label: "manager", put: { ...key } } : { label: "manager", remove: key }];
}
