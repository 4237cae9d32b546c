import type { Decision } from "@vestibule/domain/decision";
import type { Standing } from "@vestibule/domain/people";
import { presentMember } from "../contract/member.ts";
import { madeRoom } from "../shell/made-room.ts";
import { notFound, problemOf, stale } from "../shell/problem.ts";
import type { Answer, Person } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import type { AuditEntry } from "../table/audit.ts";
import { changeMemberWrites } from "../table/member-changes.ts";
import { getMember, type Member, standingOf, unchangedCheck } from "../table/members.ts";
import { type CounterChange, getOrganization, type Organization } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact, type Write } from "../table/transaction.ts";

/** The request of an act on somebody's record. */
export type ActOnMember = {
  readonly params: { readonly org: string; readonly user: string };
  readonly person: Person;
  readonly ifMatch: number | undefined;
  readonly sourceIp: string;
  readonly now: number;
};

/** What an act on somebody's record is decided on. */
export type MemberFacts = {
  readonly actor: Member;
  readonly standing: Standing;
  readonly target: Member;
  readonly isSelf: boolean;
  readonly organization: Organization;
};

/** What an act makes of the record. */
export type Act = {
  readonly decision: Decision;
  readonly after: Pick<Member, "orgRole" | "chatRole" | "rights" | "state">;
  readonly counters?: CounterChange;
  readonly audit: { action: AuditEntry["action"]; details?: AuditEntry["details"] };
};

/**
 * Loads what every act on a record needs. The actor's permission is asked before anything is said about the target, so
 * that an outsider learns nothing of who is there.
 * @throws Problem 404, 412
 */
export async function loadMemberFacts(table: Table, request: ActOnMember): Promise<MemberFacts> {
  const { params, person, ifMatch } = request;
  const { org, user } = params;
  const isSelf = user === person.userId;
  const [actor, other, organization] = await Promise.all([
    getMember(table, org, person.userId),
    isSelf ? undefined : getMember(table, org, user),
    getOrganization(table, org),
  ]);
  if (actor === undefined || organization === undefined) throw notFound("organization");
  const target = isSelf ? actor : other;
  if (target === undefined) throw notFound("member");
  if (ifMatch !== undefined && ifMatch !== target.version) throw stale();
  return { actor, standing: standingOf(actor), target, isSelf, organization };
}

/** The check that the actor's rights still hold when the change is written; on their own record the change checks it. */
export function actorChecks({ actor, isSelf }: MemberFacts): Write[] {
  return isSelf ? [] : [unchangedCheck("actor", actor)];
}

/**
 * Carries out a change of roles, rights or state: load, decide, write in one transaction, present. If a fact has
 * changed meanwhile the act is decided anew: two legal representatives demoting each other leave one (ORG-6).
 */
export async function changeMember(
  table: Table,
  request: ActOnMember,
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
