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
