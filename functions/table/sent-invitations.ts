import type { Origin } from "./audit.ts";
import { closeInvitation, pendingInvitations } from "./close-invitation.ts";
import { getInvitation, type Invitation, supersededAs } from "./invitations.ts";
import type { Table } from "./table.ts";

/** How often one invitation that keeps changing is tried: enough for an edit and a resend at the same time. */
const TRIES = 4;

async function revokeOne(table: Table, invitation: Invitation, sender: string, origin: Origin) {
  const { organizationId: org, invitationId: id } = invitation;
  let current: Invitation | undefined = invitation;
  for (let count = 1; count <= TRIES; count += 1) {
    if (current?.state !== "pending" || current.invitedBy.userId !== sender) return;
    if (await closeInvitation(table, current, supersededAs(current, origin.now), origin)) return;
    current = await getInvitation(table, org, id);
  }
}

/**
 * Revokes the pending invitations that somebody sent, each with the seat it reserved (ORG-10). Should it be cut short,
 * nothing is let in: acceptance checks the sender again and revokes what is left (INV-14), and expiry frees the rest.
 */
export async function revokeSentBy(table: Table, org: string, sender: string, origin: Origin): Promise<void> {
  for (const invitation of await pendingInvitations(table, org)) {
    await revokeOne(table, invitation, sender, origin);
  }
}
