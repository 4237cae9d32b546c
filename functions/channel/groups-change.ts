import type { Action } from "@vestibule/domain/permissions";
import { carryOutSoon } from "../membership/carry-out.ts";
import { timeOf } from "../membership/time-left.ts";
import { newId } from "../shell/ids.ts";
import { notFound, problemOf, stale } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { type Actor, actorWho } from "../shell/standing.ts";
import { type AuditAction, auditWrite } from "../table/audit.ts";
import { changeGroupWrites, newGroupWrites, removeGroupWrites } from "../table/group-writes.ts";
import { type Group, getGroup } from "../table/groups.ts";
import { intentWrite, newIntent } from "../table/intents.ts";
import { unchangedCheck } from "../table/members.ts";
import { isoTime, type Table } from "../table/table.ts";
import { ConditionsFailed, transact, type Write } from "../table/transaction.ts";
import type { createGroupRoute, deleteGroupRoute, updateGroupRoute } from "./groups-contract.ts";
import { showGroup } from "./groups-show.ts";

type Acting = Pick<Request<typeof updateGroupRoute>, "person" | "sourceIp" | "now" | "ifMatch">;

/** What goes with every change of a group: that its actor still may, and the log of it. */
function actWrites(org: string, actor: Actor, act: Acting, action: AuditAction, groupId: string): Write[] {
  const origin = { actorId: act.person.userId, sourceIp: act.sourceIp, now: act.now };
  return [unchangedCheck("actor", actor.person), auditWrite(org, origin, { action, subjectId: groupId })];
}

/** Writes a change of a group: `"again"` where something has changed since it was read. @throws Problem 409 */
async function writeGroup(table: Table, writes: readonly Write[]): Promise<"done" | "again"> {
  try {
    await transact(table, writes);
    return "done";
  } catch (error) {
    if (!(error instanceof ConditionsFailed)) throw error;
    // Where the group has changed, too, it may be its own: the same request was made at the same time.
    if (error.failures.has("name") && !error.failures.has("group"))
      throw problemOf({ allowed: false, code: "group-name-taken", rule: "CH-8" });
    return "again";
  }
}

/** CH-8: a manager of the organization, or a chat admin, creates a group. */
export async function createGroup(table: Table, request: Request<typeof createGroupRoute>): Promise<Answer> {
  const { params, person, body, plannedSuffix, now } = request;
  const { org } = params;
  const group: Group = {
    groupId: plannedSuffix === undefined ? newId("group", now) : `grp_${plannedSuffix}`,
    name: body.name,
    isOpen: body.open ?? false,
    members: 0,
    channelIds: [],
    detaching: [],
    createdAt: isoTime(now),
    createdBy: person.userId,
    version: 1,
  };
  return await untilSettled<Answer>(async () => {
    const actor = await actorWho(table, { org, userId: person.userId, now }, "group.create");
    const known = plannedSuffix === undefined ? undefined : await getGroup(table, org, group.groupId);
    if (known === undefined) {
      const act = { ...request, ifMatch: undefined };
      const writes = [
        ...newGroupWrites(org, group),
        ...actWrites(org, actor, act, "group.created", group.groupId),
      ];
      if ((await writeGroup(table, writes)) === "again") return "again";
    }
    const body = await showGroup(table, actor.person, known ?? group);
    return { status: 201, body, version: (known ?? group).version };
  });
}

async function loadGroup(
  table: Table,
  act: Acting,
  { org, grp }: { org: string; grp: string },
  action: Action,
): Promise<{ actor: Actor; group: Group }> {
  const { person, now, ifMatch } = act;
  const actor = await actorWho(table, { org, userId: person.userId, now }, action);
  const group = await getGroup(table, org, grp);
  if (group === undefined) throw notFound("group");
  if (ifMatch !== undefined && ifMatch !== group.version) throw stale();
  return { actor, group };
}

/** CH-8: renames, opens or closes a group. */
export async function updateGroup(table: Table, request: Request<typeof updateGroupRoute>): Promise<Answer> {
  const { params, body } = request;
  const { org } = params;
  return await untilSettled<Answer>(async () => {
    const { actor, group } = await loadGroup(table, request, params, "group.update");
    const after = { name: body.name ?? group.name, isOpen: body.open ?? group.isOpen };
    const writes = [
      ...changeGroupWrites(org, group, after),
      ...actWrites(org, actor, request, "group.updated", group.groupId),
    ];
    if ((await writeGroup(table, writes)) === "again") return "again";
    const version = group.version + 1;
    return { status: 200, body: await showGroup(table, actor.person, { ...group, ...after }), version };
  });
}

/** What a request has for taking the people of a group out; the sweep goes on with the rest. */
const WORK_MS = 24_000;

/** CH-8, CH-9: deletes a group; nobody follows it from then on, and who is somewhere through it alone leaves. */
export async function deleteGroup(table: Table, request: Request<typeof deleteGroupRoute>): Promise<Answer> {
  const { params, now } = request;
  const { org, grp: groupId } = params;
  const intent = await untilSettled(async () => {
    const { actor, group } = await loadGroup(table, request, params, "group.delete");
    const channelIds = [...new Set([...group.channelIds, ...group.detaching])];
    const following = newIntent(org, { kind: "delete-group", groupId, channelIds }, now);
    const writes = [
      ...removeGroupWrites(org, group),
      intentWrite(following),
      ...actWrites(org, actor, request, "group.deleted", groupId),
    ];
    return (await writeGroup(table, writes)) === "again" ? "again" : following;
  });
  await carryOutSoon(table, [intent], timeOf(WORK_MS));
  return { status: 204 };
}
