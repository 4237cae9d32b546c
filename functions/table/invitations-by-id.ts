import { type Invitation, invitationItem } from "./invitations.ts";
import { keys } from "./keys.ts";
import { getItems } from "./read.ts";
import type { Table } from "./table.ts";

/** Several invitations by id, read strongly; one that is not there is not in the map. */
export async function getInvitations(
  table: Table,
  org: string,
  ids: readonly string[],
): Promise<Map<string, Invitation>> {
  const found = await getItems(
    table,
    [...new Set(ids)].map((id) => keys.invitation(org, id)),
    invitationItem,
  );
  return new Map(found.map((invitation) => [invitation.invitationId, invitation]));
}

/** Several invitations of whatever organizations, read strongly, in no particular order; some may not be there. */
export async function getNamedInvitations(
  table: Table,
  named: readonly { readonly organizationId: string; readonly invitationId: string }[],
): Promise<Invitation[]> {
  return await getItems(
    table,
    named.map(({ organizationId, invitationId }) => keys.invitation(organizationId, invitationId)),
    invitationItem,
  );
}
