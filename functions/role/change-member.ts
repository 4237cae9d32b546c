import type { Decision } from "@vestibule/domain/decision";
import type { Standing } from "@vestibule/domain/people";
import { presentMember } from "../contract/member.ts";
import { madeRoom } from "../shell/made-room.ts";
import { notFound, problemOf } from "../shell/problem.ts";
import type { Answer } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import type { AuditEntry } from "../table/audit.ts";
import { changeMemberWrites } from "../table/member-changes.ts";
import type { Member } from "../table/members.ts";
import type { NoticeFacts } from "../table/notices.ts";
import type { CounterChange } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import { type ActOnPerson, actorChecks, loadPeople, type PeopleFacts } from "./load-people.ts";
import { roleNoticeWrites } from "./role-notice.ts";

/** What an act on a member's record is decided on. */
export type MemberFacts = PeopleFacts<Member> & { readonly standing: Standing };

/** What an act makes of the record. */
export type Act = {
  readonly decision: Decision;
  readonly after: Pick<Member, "orgRole" | "chatRole" | "rights" | "state">;
  readonly counters?: CounterChange;
  /** What the person is mailed about it (ORG-11), if anything of their role changes. */
  readonly notice?: NoticeFacts | undefined;
  readonly audit: { action: AuditEntry["action"]; details?: AuditEntry["details"] };
};

/** The facts of an act on a member's record; guests hold none (GST-13). @throws Problem 404, 403, 412 */
async function loadMemberFacts(table: Table, request: ActOnPerson): Promise<MemberFacts> {
  const facts = await loadPeople(table, request, "member.read");
  const { target, actor } = facts;
  if (target.kind !== "member") throw notFound("member");
  return { ...facts, target, standing: actor.standing };
}

/**
 * Carries out a change of roles, rights or state: load, decide, write in one transaction, present. If a fact has
 * changed meanwhile the act is decided anew: two legal representatives demoting each other leave one (ORG-6).
 */
export async function changeMember(
  table: Table,
  request: ActOnPerson,
  decide: (facts: MemberFacts) => Act,
): Promise<Answer> {
  const { params, person, sourceIp, now } = request;
  const member = await untilSettled(async () => {
    const facts = await loadMemberFacts(table, request);
    const act = decide(facts);
    if (!act.decision.allowed) {
      const isFull = act.decision.code === "quota-exceeded";
      if (isFull && (await madeRoom(table, params.org, now))) return "again";
      throw problemOf(act.decision);
    }
    const before = facts.target;
    const after: Member = { ...before, ...act.after, version: before.version + 1 };
    try {
      await transact(table, [
        ...changeMemberWrites({
          before,
          after,
          origin: { actorId: person.userId, sourceIp, now },
          audit: act.audit,
          ...(act.counters === undefined ? {} : { counters: act.counters }),
        }),
        ...roleNoticeWrites(facts, act.notice, now),
        ...actorChecks(facts),
      ]);
      return after;
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
  return { status: 200, body: presentMember(member), version: member.version };
}
