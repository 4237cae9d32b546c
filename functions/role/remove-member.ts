import { mayRemove } from "@vestibule/domain/roles";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { demand } from "../shell/standing.ts";
import { removeMemberWrites } from "../table/member-changes.ts";
import { revokeSentBy } from "../table/sent-invitations.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import { actorChecks, loadMemberFacts } from "./change-member.ts";
import { seatFreed } from "./change-state.ts";
import type { removeMemberRoute } from "./contract.ts";

/** ORG-10: removes a member, or lets them leave: seat, address and live connections are freed at once. */
export async function removeMember(
  table: Table,
  request: Request<typeof removeMemberRoute>,
): Promise<Answer> {
  const { params, person, sourceIp, now } = request;
  const origin = { actorId: person.userId, sourceIp, now };
  await untilSettled(async () => {
    const facts = await loadMemberFacts(table, request);
    const { standing, isSelf, target, organization } = facts;
    const { legalRepresentatives } = organization;
    demand(mayRemove({ actor: standing, isSelf, target, legalRepresentatives }));
    const counters = target.state === "active" ? seatFreed(target.orgRole) : undefined;
    try {
      await transact(table, [...removeMemberWrites(target, counters, origin), ...actorChecks(facts)]);
      return "done";
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
  await revokeSentBy(table, params.org, params.user, origin);
  return { status: 204 };
}
