import { type Implementation, implement } from "../shell/route.ts";
import type { Table } from "../table/table.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import {
  acceptMineRoute,
  acceptRoute,
  declineMineRoute,
  declineRoute,
  myInvitationsRoute,
  previewRoute,
} from "./contract.ts";
import { declineInvitation } from "./decline-invitation.ts";
import { listMyInvitations } from "./list-my-invitations.ts";
import { loadBySecret, loadMine } from "./load-invitation.ts";
import { previewInvitation } from "./preview-invitation.ts";

/** What the `accept` function does, route by route: the invitee's side. */
export function acceptUseCases(table: Table): Implementation[] {
  return [
    implement(previewRoute, (request) => previewInvitation(table, request)),
    implement(acceptRoute, (request) =>
      acceptInvitation(table, request, () => loadBySecret(table, request.body.token)),
    ),
    implement(declineRoute, (request) =>
      declineInvitation(table, request, () => loadBySecret(table, request.body.token)),
    ),
    implement(myInvitationsRoute, (request) => listMyInvitations(table, request)),
    implement(acceptMineRoute, (request) =>
      acceptInvitation(table, request, () => loadMine(table, namedIn(request), request.person)),
    ),
    implement(declineMineRoute, (request) =>
      declineInvitation(table, request, () => loadMine(table, namedIn(request), request.person)),
    ),
  ];
}

/** Which of somebody's own invitations a request is about. */
function namedIn(request: { params: { inv: string }; body: { organizationId: string } }) {
  return { organizationId: request.body.organizationId, invitationId: request.params.inv };
}
