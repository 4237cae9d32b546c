import { type Implementation, implement } from "../shell/route.ts";
import { toThoseWhoMay } from "../shell/standing.ts";
import { getInvitationRoute, inviteRoute, listInvitationsRoute, revokeInvitationRoute } from "./contract.ts";
import { type InviteDependencies, invite } from "./invite.ts";
import { findInvitations } from "./list-invitations.ts";
import { readInvitation, revokeInvitation } from "./manage-invitations.ts";
import { replayLinks } from "./replay-links.ts";

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
    implement(revokeInvitationRoute, (request) => revokeInvitation(table, request)),
  ];
}
