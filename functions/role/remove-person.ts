import { mayRemoveGuest } from "@vestibule/domain/guests";
import { mayRemove } from "@vestibule/domain/roles";
import { carryOutSoon } from "../membership/carry-out.ts";
import { stale } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { demand } from "../shell/standing.ts";
import { auditWrite, type Origin } from "../table/audit.ts";
import { endGuestWrites } from "../table/guest-removal.ts";
import { type Intent, intentWrite, newIntent } from "../table/intents.ts";
import { removeMemberWrites } from "../table/member-changes.ts";
import { revokeSentBy } from "../table/sent-invitations.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact, type Write } from "../table/transaction.ts";
import { seatFreed } from "./change-state.ts";
import type { removeMemberRoute } from "./contract.ts";
import { actorChecks, loadPeople, type PeopleFacts } from "./load-people.ts";

/** Decides on the removal, by what the person is, and says what it writes. @throws Problem 403, 409 */
function removalWrites(facts: PeopleFacts, origin: Origin, intent: Intent): Write[] {
  const { actor, isSelf, target, organization } = facts;
  if (target.kind === "member") {
    const { legalRepresentatives } = organization;
    demand(mayRemove({ actor: actor.standing, isSelf, target, legalRepresentatives }));
    const counters = target.state === "active" ? seatFreed(target.orgRole) : undefined;
    return removeMemberWrites(target, counters, origin, intent);
  }
  demand(mayRemoveGuest({ actor: actor.standing, isSelf }));
  return [
    ...endGuestWrites(target),
    auditWrite(target.organizationId, origin, {
      action: isSelf ? "guest.left" : "guest.removed",
      subjectId: target.userId,
    }),
    intentWrite(intent),
  ];
}

/**
 * ORG-10, GINV-9: removes a member or a guest, or lets them leave: seat or place, addresses and live connections are
 * freed at once, and their lines in channels and groups go.
 */
export async function removePerson(
  table: Table,
  request: Request<typeof removeMemberRoute>,
): Promise<Answer> {
  const { params, person, ifMatch, sourceIp, now } = request;
  const { org, user } = params;
  const origin = { actorId: person.userId, sourceIp, now };
  const intent = newIntent(org, { kind: "align", userId: user, join: [], groupIds: [] }, now);
  // What decides is what the target is; whoever may not even see that is refused before (GST-13).
  const action = user === person.userId ? "permissions.read" : "member.read";
  const kind = await untilSettled(async () => {
    const facts = await loadPeople(table, { ...request, ifMatch: undefined }, action);
    const writes = [...removalWrites(facts, origin, intent), ...actorChecks(facts)];
    // Asked after the right: not every member may read a guest's record, and so its version (SEAT-10).
    if (ifMatch !== undefined && ifMatch !== facts.target.version) throw stale();
    try {
      await transact(table, writes);
      return facts.target.kind;
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
  if (kind === "member") await revokeSentBy(table, org, user, origin);
  await carryOutSoon(table, [intent]);
  return { status: 204 };
}
