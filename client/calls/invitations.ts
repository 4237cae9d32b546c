import { type Connection, request } from "../request.ts";
import type * as t from "../types.ts";
import { at } from "./paths.ts";

type InvitationQuery = t.PageQuery & {
  kind?: t.InvitationKind;
  state?: t.InvitationState;
  email?: string;
  channelId?: string;
};

/** Invitations, from the sender's side and from the invitee's. */
export function invitationCalls(connection: Connection) {
  return {
    invite: (org: string, body: t.NewInvitations) =>
      request<t.InvitationResults>(connection, "POST", `${at(org)}/invitations`, { body, creates: true }),
    listInvitations: (org: string, query?: InvitationQuery) =>
      request<t.Page<t.Invitation>>(connection, "GET", `${at(org)}/invitations`, { ...(query && { query }) }),
    getInvitation: (org: string, invitation: string) =>
      request<t.Invitation>(connection, "GET", `${at(org)}/invitations/${invitation}`),
    revokeInvitation: (org: string, invitation: string) =>
      request<void>(connection, "DELETE", `${at(org)}/invitations/${invitation}`),

    previewInvitation: (token: string) =>
      request<t.Preview>(connection, "POST", "/v1/invitations/preview", {
        body: { token },
        anonymous: true,
        repeatable: true,
      }),
    /** The same person repeating it gets the same success (INV-5). */
    acceptInvitation: (body: t.Acceptance) =>
      request<t.Accepted>(connection, "POST", "/v1/invitations/accept", { body, repeatable: true }),
    declineInvitation: (token: string) =>
      request<void>(connection, "POST", "/v1/invitations/decline", { body: { token } }),
  };
}
