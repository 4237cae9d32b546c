import { type Implementation, implement } from "../shell/route.ts";
import type { Table } from "../table/table.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { acceptRoute, declineRoute, previewRoute } from "./contract.ts";
import { declineInvitation } from "./decline-invitation.ts";
import { previewInvitation } from "./preview-invitation.ts";

/** What the `accept` function does, route by route: the invitee's side. */
export function acceptUseCases(table: Table): Implementation[] {
  return [
    implement(previewRoute, (request) => previewInvitation(table, request)),
    implement(acceptRoute, (request) => acceptInvitation(table, request)),
    implement(declineRoute, (request) => declineInvitation(table, request)),
  ];
}
