import { deny } from "@vestibule/domain/decision";
import { stateAt } from "@vestibule/domain/invitations";
import { mayChangeShare } from "@vestibule/domain/shares";
import { presentInvitation } from "../contract/invitation.ts";
import { presentGroupShare, rightsInOrder } from "../contract/share.ts";
import { notFound, problemOf, stale } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { demand } from "../shell/standing.ts";
import { type AuditEntry, auditWrite } from "../table/audit.ts";
import { changeGroupShareWrite, getGroupShare } from "../table/group-shares.ts";
import { getGroup } from "../table/groups.ts";
import { factsOf, getInvitation } from "../table/invitations.ts";
import { mailAddressCheck } from "../table/mail-addresses.ts";
import { unchangedCheck } from "../table/members.ts";
import { getPerson } from "../table/person-records.ts";
import { changeInvitedRightsWrite } from "../table/share-invitations.ts";
import { changeHolderWrite, getHolder, isInForce } from "../table/shares.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact, type Write } from "../table/transaction.ts";
import type { updateGroupShareRoute, updateShareInvitationRoute, updateShareRoute } from "./contract.ts";
import { loadMailAddress } from "./load-mail-address.ts";
import { presentHolders } from "./present-holders.ts";

type ChangeRequest =
  | Request<typeof updateShareRoute>
  | Request<typeof updateGroupShareRoute>
  | Request<typeof updateShareInvitationRoute>;

/** SHR-2: who may change what others may do, having signed in lately. @throws Problem 401, 403, 404 */
async function loadChange(table: Table, request: ChangeRequest) {
  const { person, now } = request;
  const loaded = await loadMailAddress(table, request, "share.update");
  demand(mayChangeShare({ actor: loaded.actor.standing, signedInAt: person.signedInAt, now }));
  return loaded;
}

/** Writes a change as it was decided. `checks`: that the actor still may, and that the mail address is there. */
async function writeChange(
  table: Table,
  { params, person, sourceIp, now }: ChangeRequest,
  { actor, address }: Awaited<ReturnType<typeof loadChange>>,
  change: Write,
  details: AuditEntry["details"],
): Promise<"done" | "again"> {
  const origin = { actorId: person.userId, sourceIp, now };
  try {
    await transact(table, [
      change,
      mailAddressCheck(address),
      unchangedCheck("actor", actor.person),
      auditWrite(params.org, origin, { action: "share.updated", subjectId: params.adr, details }),
    ]);
    return "done";
  } catch (error) {
    if (error instanceof ConditionsFailed) return "again";
    throw error;
  }
}

/** SHR-5: narrows or widens what somebody has of their own. */
export async function updateShare(table: Table, request: Request<typeof updateShareRoute>): Promise<Answer> {
  const { params, body, ifMatch } = request;
  const rights = rightsInOrder(body.rights);
  const { address, holder } = await untilSettled(async () => {
    const loaded = await loadChange(table, request);
    const [stored, record] = await Promise.all([
      getHolder(table, loaded.address, params.user),
      getPerson(table, params.org, params.user),
    ]);
    if (stored === undefined || !isInForce(stored, record)) throw notFound("share");
    if (ifMatch !== undefined && ifMatch !== stored.version) throw stale();
    const change = changeHolderWrite(stored, rights);
    const details = { userId: params.user, rights: rights.join(" ") };
    if ((await writeChange(table, request, loaded, change, details)) === "again") return "again";
    return { address: loaded.address, holder: { ...stored, rights, version: stored.version + 1 } };
  });
  const shown = (await presentHolders(table, address, [holder])).get(params.user);
  if (shown === undefined) throw notFound("share");
  return { status: 200, body: shown, version: holder.version };
}

/** SHR-5, SHR-8: narrows or widens what everybody of a group has through it. */
export async function updateGroupShare(
  table: Table,
  request: Request<typeof updateGroupShareRoute>,
): Promise<Answer> {
  const { params, body, ifMatch } = request;
  const rights = rightsInOrder(body.rights);
  return await untilSettled<Answer>(async () => {
    const loaded = await loadChange(table, request);
    const [share, group] = await Promise.all([
      getGroupShare(table, loaded.address, params.grp),
      getGroup(table, params.org, params.grp),
    ]);
    if (share === undefined || group === undefined) throw notFound("share");
    if (ifMatch !== undefined && ifMatch !== share.version) throw stale();
    const change = changeGroupShareWrite(share, rights);
    const details = { groupId: params.grp, rights: rights.join(" ") };
    if ((await writeChange(table, request, loaded, change, details)) === "again") return "again";
    return {
      status: 200,
      body: presentGroupShare({ ...share, rights }, group.name),
      version: share.version + 1,
    };
  });
}

/** SHR-5, MINV-8: narrows or widens what a pending invitation is to give. */
export async function updateShareInvitation(
  table: Table,
  request: Request<typeof updateShareInvitationRoute>,
): Promise<Answer> {
  const { params, body, person, ifMatch, now } = request;
  const shareRights = rightsInOrder(body.rights);
  return await untilSettled<Answer>(async () => {
    const loaded = await loadChange(table, request);
    const invitation = await getInvitation(table, params.org, params.inv);
    if (invitation?.kind !== "share" || invitation.addressId !== params.adr) throw notFound("invitation");
    const state = stateAt(factsOf(invitation), now);
    if (state !== "pending") throw problemOf(deny("invitation-not-pending", "INV-1", { state }));
    if (ifMatch !== undefined && ifMatch !== invitation.version) throw stale();
    const change = changeInvitedRightsWrite(invitation, shareRights, person.userId, now);
    const details = { invitationId: params.inv, rights: shareRights.join(" ") };
    if ((await writeChange(table, request, loaded, change, details)) === "again") return "again";
    return {
      status: 200,
      body: presentInvitation({ ...invitation, shareRights }, now),
      version: invitation.version + 1,
    };
  });
}
