import { type Connection, request } from "../request.ts";
import type * as t from "../types.ts";
import { at } from "./paths.ts";

/** Invitations, from the sender's side and from the invitee's. */
export function invitationCalls(connection: Connection) {
  const atInvitation = (org: string, invitation: string) => `${at(org)}/invitations/${invitation}`;
  const mine = (invitation: string) => `/v1/me/invitations/${invitation}`;

  return {
    /** INV-10: an answer per address, in the order of the request. */
    invite: (org: string, body: t.NewInvitations) =>
      request<t.InvitationResults>(connection, "POST", `${at(org)}/invitations`, { body, creates: true }),
    listInvitations: (org: string, query?: t.InvitationQuery) =>
      request<t.Page<t.Invitation>>(connection, "GET", `${at(org)}/invitations`, { ...(query && { query }) }),
    getInvitation: (org: string, invitation: string) =>
      request<t.Invitation>(connection, "GET", atInvitation(org, invitation)),
    /** MINV-8: what the invitation gives, and to whom it is written. */
    changeInvitation: (org: string, invitation: string, body: t.InvitationChange, ifMatch?: string) =>
      request<t.Invitation>(connection, "PATCH", atInvitation(org, invitation), {
        body,
        ...(ifMatch && { ifMatch }),
      }),
    /** INV-9: with a new link, every earlier one being dead; an expired one, too. */
    resendInvitation: (org: string, invitation: string, body: t.Resending = {}) =>
      request<t.WithLink>(connection, "POST", `${atInvitation(org, invitation)}/resend`, {
        body,
        creates: true,
      }),
    revokeInvitation: (org: string, invitation: string) =>
      request<void>(connection, "DELETE", atInvitation(org, invitation)),

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
      request<t.Declined>(connection, "POST", "/v1/invitations/decline", { body: { token } }),

    /** INV-6: the pending invitations to the caller's verified address, of all organizations. */
    listMyInvitations: (query?: t.PageQuery) =>
      request<t.Page<t.MyInvitation>>(connection, "GET", "/v1/me/invitations", { ...(query && { query }) }),
    /** With a verified address, which proves what the mail's link would. */
    acceptMyInvitation: (organizationId: string, invitation: string, body: t.Registration = {}) =>
      request<t.Accepted>(connection, "POST", `${mine(invitation)}/accept`, {
        body: { organizationId, ...body },
        repeatable: true,
      }),
    declineMyInvitation: (organizationId: string, invitation: string) =>
      request<t.Declined>(connection, "POST", `${mine(invitation)}/decline`, { body: { organizationId } }),
  };
}
