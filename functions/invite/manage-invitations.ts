import { mayRevoke } from "@vestibule/domain/invitations";
import { permit } from "@vestibule/domain/permissions";
import { showInvitation } from "../membership/show-invitations.ts";
import { stale } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { demand } from "../shell/standing.ts";
import { closeInvitationWrites } from "../table/close-invitation.ts";
import { unchangedCheck } from "../table/members.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import type { getInvitationRoute } from "./contract.ts";
import { loadManaged } from "./load-managed.ts";
import type { revokeInvitationRoute } from "./manage-contract.ts";

/** One invitation, to managers, chat admins and its sender; a share's to those who manage mail addresses (SHR-6). */
export async function readInvitation(
  table: Table,
  request: Request<typeof getInvitationRoute>,
): Promise<Answer> {
  const { who, invitation, isSender } = await loadManaged(table, request);
  if (invitation.kind !== "share")
    demand(permit("invitation.read", { standing: who.standing, isOwn: isSender }));
  return {
    status: 200,
    body: await showInvitation(table, who, invitation, request.now),
    version: invitation.version,
  };
}

/** INV-8: revokes a pending invitation and frees what it held (SEAT-4), on all its channels (GINV-8). Against an acceptance, one of the two wins (INV-5). */
export async function revokeInvitation(
  table: Table,
  request: Request<typeof revokeInvitationRoute>,
): Promise<Answer> {
  const { person, ifMatch, sourceIp, now } = request;
  await untilSettled(async () => {
    const { who, invitation, facts } = await loadManaged(table, request, "invitation.revoke");
    demand(mayRevoke(facts));
    if (ifMatch !== undefined && ifMatch !== invitation.version) throw stale();
    try {
      await transact(table, [
        ...closeInvitationWrites(invitation, "revoked", { actorId: person.userId, sourceIp, now }),
        unchangedCheck("actor", who.person),
      ]);
      return "done";
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
  return { status: 204 };
}
