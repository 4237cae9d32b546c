import { guestPreviewState } from "@vestibule/domain/guests";
import { previewState } from "@vestibule/domain/invitations";
import { mayManageShares, sharePreviewState } from "@vestibule/domain/shares";
import type { InvitationState } from "@vestibule/domain/vocabulary";
import { factsOf, type Invitation, memberFactsOf } from "../table/invitations.ts";
import { getMember, standingOf } from "../table/members.ts";
import type { Table } from "../table/table.ts";

/** INV-14, MINV-8: whether an invitation still rests on the rights of whoever sent it, and of whoever edited it. */
export async function isStillOpen(table: Table, invitation: Invitation, now: number): Promise<boolean> {
  const { organizationId: org, invitedBy, grantedBy = invitedBy.userId } = invitation;
  const sender = await getMember(table, org, invitedBy.userId);
  const grantor = grantedBy === invitedBy.userId ? sender : await getMember(table, org, grantedBy);
  const standings = { senderStanding: standingOf(sender), grantorStanding: standingOf(grantor) };
  return stateOf(invitation, standings, now) === "pending";
}

type Standings = Record<"senderStanding" | "grantorStanding", ReturnType<typeof standingOf>>;

/** What the invitee would be shown of it. */
function stateOf(invitation: Invitation, standings: Standings, now: number): InvitationState {
  switch (invitation.kind) {
    case "member":
      return previewState({ invitation: memberFactsOf(invitation), ...standings, now });
    case "guest":
      return guestPreviewState({ invitation: factsOf(invitation), ...standings, now });
    case "share": {
      const { senderStanding, grantorStanding } = standings;
      const isStillSharer = mayManageShares(senderStanding).allowed;
      return sharePreviewState({
        invitation: factsOf(invitation),
        senderStanding: isStillSharer ? grantorStanding : senderStanding,
        now,
      });
    }
  }
}
