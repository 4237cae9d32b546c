import { mayPutInGroup, mayTakeFromGroup } from "@vestibule/domain/groups";
import type { Action } from "@vestibule/domain/permissions";
import type { SystemMessageKind } from "@vestibule/domain/vocabulary";
import { announcement } from "../membership/announce.ts";
import { carryOutSoon } from "../membership/carry-out.ts";
import { joinGroupWrites, leaveGroupWrites } from "../membership/group-moves.ts";
import { demandMailOfGroups } from "../membership/mail-of-groups.ts";
import { isMemberCheck } from "../membership/member-check.ts";
import { writeAnew } from "../membership/write-anew.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { type Actor, actorWho, demand } from "../shell/standing.ts";
import { type AuditAction, auditWrite } from "../table/audit.ts";
import { type GroupPerson, getGroupPerson } from "../table/group-people.ts";
import { type Group, getGroup } from "../table/groups.ts";
import { type Intent, intentWrite, newIntent } from "../table/intents.ts";
import { fullName, unchangedCheck } from "../table/members.ts";
import { getPerson, standingAt } from "../table/person-records.ts";
import { isoTime, type Table } from "../table/table.ts";
import type { Write } from "../table/transaction.ts";
import type { addGroupMemberRoute, removeGroupMemberRoute } from "./groups-contract.ts";
import { presentGroupMember } from "./groups-read.ts";

type Act = Request<typeof addGroupMemberRoute> | Request<typeof removeGroupMemberRoute>;

type Facts = Actor & {
  readonly isSelf: boolean;
  readonly group: Group;
  readonly row: GroupPerson | undefined;
};

/** Who may not do it to anybody learns neither which groups there are nor who is in them. */
async function loadFacts(
  table: Table,
  { params, person, now }: Act,
  actions: { readonly own: Action; readonly others: Action },
): Promise<Facts> {
  const { org, grp, user } = params;
  const isSelf = user === person.userId;
  const actor = await actorWho(
    table,
    { org, userId: person.userId, now },
    isSelf ? actions.own : actions.others,
  );
  const [group, row] = await Promise.all([getGroup(table, org, grp), getGroupPerson(table, org, grp, user)]);
  if (group === undefined) throw notFound("group");
  return { ...actor, isSelf, group, row };
}

/** MSG-12: tells the channels that somebody came into, or left, through the group. */
function told(act: Act, facts: Facts, kind: SystemMessageKind, channelIds: readonly string[]): Intent[] {
  if (channelIds.length === 0) return [];
  const { params, person, now } = act;
  const people = facts.isSelf ? {} : { userIds: [params.user] };
  const system = { kind, actorId: person.userId, ...people };
  return [
    newIntent(params.org, announcement(channelIds, { actorName: fullName(facts.person), system }), now),
  ];
}

/** What goes with it: that the actor still may, the messages, and the log. */
function actWrites(act: Act, facts: Facts, action: AuditAction, intents: readonly Intent[]): Write[] {
  const { params, person, sourceIp, now } = act;
  const origin = { actorId: person.userId, sourceIp, now };
  const entry = { action, subjectId: params.grp, details: { userId: params.user } };
  return [
    unchangedCheck("actor", facts.person),
    ...intents.map(intentWrite),
    auditWrite(params.org, origin, entry),
  ];
}

/**
 * CH-8, CH-9, GST-10: puts a member into a group, and with it into its channels; or lets them into an open one. Into one
 * that has access to mail addresses, mail managers alone (SHR-2).
 */
export async function addGroupMember(
  table: Table,
  request: Request<typeof addGroupMemberRoute>,
): Promise<Answer> {
  const { params, now } = request;
  const { org, user } = params;
  const { line, intents } = await writeAnew(table, async () => {
    const facts = await loadFacts(table, request, { own: "group.join", others: "group.add-member" });
    const { standing, isSelf, group, row } = facts;
    const target = isSelf ? facts.person : await getPerson(table, org, user);
    demand(mayPutInGroup({ actor: standing, isSelf, target: standingAt(target, now), group }));
    if (target?.kind !== "member") throw notFound("member");
    const shown = presentGroupMember(target, row?.joinedAt ?? isoTime(now));
    if (row !== undefined) return { writes: [], result: { line: shown, intents: [] } };
    await demandMailOfGroups(table, standing, org, [group.groupId]);
    const { writes, channelIds } = await joinGroupWrites(table, org, group, user, now);
    const following = told(request, facts, isSelf ? "joined" : "added", channelIds);
    return {
      writes: [
        ...writes,
        ...(isSelf ? [] : [isMemberCheck(target)]),
        ...actWrites(request, facts, "group.member-added", following),
      ],
      result: { line: shown, intents: following },
    };
  });
  await carryOutSoon(table, intents);
  return { status: 200, body: line };
}

/** CH-8, CH-9: takes a member out of a group, and of the channels that they are in through it alone. */
export async function removeGroupMember(
  table: Table,
  request: Request<typeof removeGroupMemberRoute>,
): Promise<Answer> {
  const { org, user } = request.params;
  const intents = await writeAnew(table, async () => {
    const facts = await loadFacts(table, request, { own: "group.leave", others: "group.remove-member" });
    const { standing, isSelf, group, row } = facts;
    demand(mayTakeFromGroup({ actor: standing, isSelf, group }));
    if (row === undefined) throw notFound("person in this group");
    const { writes, channelIds } = await leaveGroupWrites(table, org, group, user);
    const following = told(request, facts, isSelf ? "left" : "removed", channelIds);
    return {
      writes: [...writes, ...actWrites(request, facts, "group.member-removed", following)],
      result: following,
    };
  });
  await carryOutSoon(table, intents);
  return { status: 204 };
}
