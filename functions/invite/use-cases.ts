import { type Implementation, implement } from "../shell/route.ts";
import { toThoseWhoMay } from "../shell/standing.ts";
import { getInvitationRoute, listInvitationsRoute } from "./contract.ts";
import { editInvitation } from "./edit-invitation.ts";
import { type InviteDependencies, invite } from "./invite.ts";
import { inviteRoute } from "./invite-contract.ts";
import { findInvitations } from "./list-invitations.ts";
import { editInvitationRoute, resendInvitationRoute, revokeInvitationRoute } from "./manage-contract.ts";
import { readInvitation, revokeInvitation } from "./manage-invitations.ts";
import { replayLinks } from "./replay-links.ts";
import { replayResend } from "./replay-resend.ts";
import { resendInvitation } from "./resend-invitation.ts";

/** What the `invite` function does, route by route. */
export function inviteUseCases(deps: InviteDependencies): Implementation[] {
  const { table, pageBaseUrl } = deps;
  return [
    implement(inviteRoute, (request) => invite(deps, request), {
      ...toThoseWhoMay(table, "invitation.create"),
      ...replayLinks(table, pageBaseUrl),
    }),
    implement(listInvitationsRoute, (request) => findInvitations(table, request)),
    implement(getInvitationRoute, (request) => readInvitation(table, request)),
    implement(editInvitationRoute, (request) => editInvitation(table, request)),
    implement(
      resendInvitationRoute,
      (request) => resendInvitation(deps, request),
      replayResend(table, pageBaseUrl),
    ),
    implement(revokeInvitationRoute, (request) => revokeInvitation(table, request)),
  ];
}
