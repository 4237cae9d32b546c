import { allow, type Decision, deny, firstDenial } from "./decision.ts";
import { searchKey } from "./directory.ts";
import type { Standing } from "./people.ts";
import { permit } from "./permissions.ts";

export const GROUP_NAME_MAX_CHARACTERS = 64;

/** What group names are compared by: two that read alike are one name (`group-name-taken`). */
export function groupNameKey(name: string): string {
  return searchKey(name);
}

export type GroupFacts = { readonly isOpen: boolean };

/** CH-9, GST-10: members join open groups by themselves. */
export function mayJoinGroup({
  actor,
  group,
}: {
  readonly actor: Standing;
  readonly group: GroupFacts;
}): Decision {
  return firstDenial(permit("group.join", { standing: actor }), isOpen(group));
}

/** CH-9: whoever may join by themselves may leave by themselves. */
export function mayLeaveGroup({
  actor,
  group,
}: {
  readonly actor: Standing;
  readonly group: GroupFacts;
}): Decision {
  return firstDenial(permit("group.leave", { standing: actor }), isOpen(group));
}

/** CH-8, CH-9: managers put members into groups, anybody themselves into an open one; guests are in none. */
export function mayPutInGroup(facts: {
  readonly actor: Standing;
  readonly isSelf: boolean;
  readonly target: Standing;
  readonly group: GroupFacts;
}): Decision {
  const asManager = permit("group.add-member", { standing: facts.actor });
  return firstDenial(
    facts.isSelf && !asManager.allowed ? mayJoinGroup(facts) : asManager,
    mayBeInGroup(facts.target),
  );
}

/** CH-8, CH-9: managers take members out of groups, anybody themselves out of an open one. */
export function mayTakeFromGroup(facts: {
  readonly actor: Standing;
  readonly isSelf: boolean;
  readonly group: GroupFacts;
}): Decision {
  const asManager = permit("group.remove-member", { standing: facts.actor });
  return facts.isSelf && !asManager.allowed ? mayLeaveGroup(facts) : asManager;
}

/** CH-8: a group is a set of members. */
export function mayBeInGroup(target: Standing): Decision {
  if (target.kind === "guest" && target.state === "active") return deny("guest-not-in-groups", "CH-8");
  return target.kind === "member" && target.state === "active" ? allow() : deny("not-found", "CH-8");
}

function isOpen(group: GroupFacts): Decision {
  return group.isOpen ? allow() : deny("group-not-open", "CH-9");
}
