import type { Origin } from "./audit.ts";
import { closeInvitation, pendingInvitations } from "./close-invitation.ts";
import type { Table } from "./table.ts";

/**
 * Revokes the pending invitations that somebody sent, each with the seat it reserved (ORG-10). Should it be cut short,
 * nothing is let in: acceptance checks the sender again and revokes what is left (INV-14), and expiry frees the rest.
 */
export async function revokeSentBy(table: Table, org: string, sender: string, origin: Origin): Promise<void> {
  for (const invitation of await pendingInvitations(table, org)) {
    if (invitation.invitedBy.userId !== sender) continue;
    const isOver = invitation.endsAt <= origin.now;
    await closeInvitation(table, invitation, isOver ? "expired" : "revoked", origin);
  }
}
