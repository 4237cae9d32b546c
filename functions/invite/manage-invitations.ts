import { mayRevoke } from "@vestibule/domain/invitations";
import { showInvitation } from "../membership/show-invitations.ts";
import { notFound, stale } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { actorWho, demand } from "../shell/standing.ts";
import { closeInvitationWrites } from "../table/close-invitation.ts";
import { factsOf, getInvitation, type Invitation } from "../table/invitations.ts";
import { unchangedCheck } from "../table/members.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import type { getInvitationRoute, revokeInvitationRoute } from "./contract.ts";

async function load(table: Table, org: string, id: string): Promise<Invitation> {
  const invitation = await getInvitation(table, org, id);
  if (invitation === undefined) throw notFound("invitation");
  return invitation;
}

/** One invitation, to managers, chat admins and its sender. */
export async function readInvitation(
  table: Table,
  { params, person, now }: Request<typeof getInvitationRoute>,
): Promise<Answer> {
  const where = { org: params.org, userId: person.userId, now };
  // Whoever may not even read their own is refused before anything is said about the invitation.
  await actorWho(table, where, "invitation.read", { isOwn: true });
  const invitation = await load(table, params.org, params.inv);
  const isOwn = invitation.invitedBy.userId === person.userId;
  const viewer = await actorWho(table, where, "invitation.read", { isOwn });
  return {
    status: 200,
    body: await showInvitation(table, viewer, invitation, now),
    version: invitation.version,
  };
}

/** INV-8: revokes a pending invitation and frees what it held (SEAT-4), on all its channels (GINV-8). Against an acceptance, one of the two wins (INV-5). */
export async function revokeInvitation(
  table: Table,
  request: Request<typeof revokeInvitationRoute>,
): Promise<Answer> {
  const { params, person, ifMatch, sourceIp, now } = request;
  const where = { org: params.org, userId: person.userId, now };
  await untilSettled(async () => {
    const { person: actor, standing } = await actorWho(table, where, "invitation.revoke", { isOwn: true });
    const invitation = await load(table, params.org, params.inv);
    const isSender = invitation.invitedBy.userId === person.userId;
    demand(mayRevoke({ actor: standing, isSender, invitation: factsOf(invitation), now }));
    if (ifMatch !== undefined && ifMatch !== invitation.version) throw stale();
    try {
      await transact(table, [
        ...closeInvitationWrites(invitation, "revoked", { actorId: person.userId, sourceIp, now }),
        unchangedCheck("actor", actor),
      ]);
      return "done";
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
  return { status: 204 };
}
