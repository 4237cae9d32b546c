import { leaveAddressWrite } from "./addresses.ts";
import { type AuditEntry, auditWrite, type Origin } from "./audit.ts";
import { directoryWrite, leaveDirectoryWrite } from "./directory.ts";
import { type Intent, intentWrite } from "./intents.ts";
import { keys } from "./keys.ts";
import { managerWrites } from "./managers.ts";
import type { Member } from "./members.ts";
import { type CounterChange, countersWrite } from "./organizations.ts";
import { dropHandleWrites } from "./person-handles.ts";
import type { Write } from "./transaction.ts";

/** A change to a member's record: what it becomes, what it moves in the counters, and how the audit log calls it. */
export type MemberChange = {
  readonly before: Member;
  readonly after: Member;
  readonly counters?: CounterChange;
  readonly origin: Origin;
  readonly audit: { action: AuditEntry["action"]; details?: AuditEntry["details"] };
};

function recordWrite(before: Member, after: Member): Write {
  return {
    label: "member",
    update: keys.member(before.organizationId, before.userId),
    expression:
      "SET orgRole = :orgRole, chatRole = :chatRole, rights = :rights, #state = :state, version = :next",
    condition: "version = :version",
    names: { "#state": "state" },
    values: {
      ":orgRole": after.orgRole,
      ":chatRole": after.chatRole,
      ":rights": after.rights,
      ":state": after.state,
      ":version": before.version,
      ":next": before.version + 1,
    },
  };
}

/** Deleting the person's live entry cuts them off delivery in the same write; the relay then closes their connections (ORG-10). */
function disconnectWrite(org: string, user: string): Write {
  return { label: "live", remove: keys.livePerson(org, user) };
}

/**
 * What of somebody's presence goes with what they were in the organization: their live entry, and how they said they are
 * (PRS-1…3), so that whoever comes back, perhaps as somebody else, begins without it.
 */
export function endPresenceWrites(org: string, user: string): Write[] {
  return [disconnectWrite(org, user), { label: "status", remove: keys.status(org, user) }];
}

/** DIR-1: the directory lists those who are active; somebody deactivated comes back to it when they are reactivated. */
function listingWrites(before: Member, after: Member): Write[] {
  if (before.state === after.state) return [];
  return [after.state === "active" ? directoryWrite("member", after) : leaveDirectoryWrite("member", before)];
}

/** Changes roles, rights or state of a member, with counters, manager list, live entry and audit entry in one transaction. */
export function changeMemberWrites(change: MemberChange): Write[] {
  const { before, after, counters, origin, audit } = change;
  const { organizationId: org, userId: user } = before;
  return [
    recordWrite(before, after),
    ...managerWrites(org, user, before, after),
    ...listingWrites(before, after),
    ...(counters === undefined ? [] : [countersWrite(org, counters)]),
    ...(after.state === "deactivated" && before.state === "active" ? [disconnectWrite(org, user)] : []),
    auditWrite(org, origin, { ...audit, subjectId: user }),
  ];
}

/** Frees the addresses that are a member's. */
export function leaveMemberAddressesWrites({ organizationId: org, userId, addressKeys }: Member): Write[] {
  return addressKeys.map((addressKey, index) => ({
    ...leaveAddressWrite({ org, kind: "member", addressKey }, userId),
    label: `address ${index + 1}`,
  }));
}

/**
 * Takes what only members have from somebody who stops being one: their places among the managers and in the directory,
 * their addresses, their live connections and status. The record itself is removed, or becomes a guest's (GINV-11).
 */
export function outgrowMemberWrites(member: Member): Write[] {
  const { organizationId: org, userId: user } = member;
  const gone: Member = { ...member, state: "deactivated" };
  return [
    ...managerWrites(org, user, member, gone),
    ...listingWrites(member, gone),
    ...leaveMemberAddressesWrites(member),
    ...endPresenceWrites(org, user),
  ];
}

/**
 * Takes a member out of the organization and frees their seat, if they held one, in one transaction (ORG-10). `intent`
 * is what is left to carry out: their lines in channels and groups.
 */
export function removeMemberWrites(
  member: Member,
  counters: CounterChange | undefined,
  origin: Origin,
  intent: Intent,
): Write[] {
  const { organizationId: org, userId: user } = member;
  return [
    {
      label: "member",
      remove: keys.member(org, user),
      condition: "version = :version",
      values: { ":version": member.version },
    },
    ...outgrowMemberWrites(member),
    ...dropHandleWrites(member),
    ...(counters === undefined ? [] : [countersWrite(org, counters)]),
    auditWrite(org, origin, {
      action: origin.actorId === user ? "member.left" : "member.removed",
      subjectId: user,
    }),
    intentWrite(intent),
  ];
}
