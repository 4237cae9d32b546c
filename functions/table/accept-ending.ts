import { endInvitationWrite, type Invitation } from "./invitations.ts";
import type { Write } from "./transaction.ts";

/**
 * Ends a pending invitation as accepted, as it was read: what it grants may be edited, and its link replaced, at the same
 * time (MINV-8, INV-9); then whoever accepts it decides anew.
 */
export function acceptAsReadWrite(
  invitation: Invitation,
  by: { readonly acceptedBy: string; readonly givenChannelIds: readonly string[] },
  now: number,
): Write {
  const end = endInvitationWrite(invitation, { state: "accepted", ...by }, now);
  return {
    ...end,
    condition: `${end.condition} AND version = :version`,
    values: { ...end.values, ":version": invitation.version },
  };
}
