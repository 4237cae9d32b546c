import { type Connection, request } from "./request.ts";
import type * as t from "./types.ts";

/**
 * A client of the HTTP API. Creating requests carry an `Idempotency-Key` (messages their nonce), so that a repetition
 * after a network error never does a thing twice.
 */
export function createClient(connection: Connection) {
  const at = (organizationId: string) => `/v1/organizations/${organizationId}`;

  return {
    health: () => request<{ status: string; version: string; time: string }>(connection, "GET", "/v1/health"),

    createOrganization: (body: t.NewOrganization) =>
      request<t.Organization>(connection, "POST", "/v1/organizations", { body, creates: true }),
    listMyOrganizations: (query?: t.PageQuery) =>
      request<t.Page<t.MyOrganization>>(connection, "GET", "/v1/me/organizations", {
        ...(query && { query }),
      }),
    getOrganization: (org: string) => request<t.Organization>(connection, "GET", at(org)),
    changeOrganization: (org: string, body: t.OrganizationChange, ifMatch?: string) =>
      request<t.Organization>(connection, "PATCH", at(org), { body, ...(ifMatch && { ifMatch }) }),
    getUsage: (org: string) => request<t.Usage>(connection, "GET", `${at(org)}/usage`),
    listAudit: (org: string, query?: t.PageQuery) =>
      request<t.Page<t.AuditEntry>>(connection, "GET", `${at(org)}/audit`, { ...(query && { query }) }),

    listMembers: (org: string, query?: t.PageQuery & { state?: "active" | "deactivated" }) =>
      request<t.Page<t.Member>>(connection, "GET", `${at(org)}/members`, { ...(query && { query }) }),
    listPendingMembers: (org: string, query?: t.PageQuery) =>
      request<t.Page<t.Invitation>>(connection, "GET", `${at(org)}/members`, {
        query: { ...query, state: "pending" },
      }),
    getMember: (org: string, user: string) =>
      request<t.Member>(connection, "GET", `${at(org)}/members/${user}`),
    setOrgRole: (org: string, user: string, role: t.OrgRole) =>
      request<t.Member>(connection, "PUT", `${at(org)}/members/${user}/org-role`, { body: { role } }),
    setChatRole: (org: string, user: string, role: t.ChatRole) =>
      request<t.Member>(connection, "PUT", `${at(org)}/members/${user}/chat-role`, { body: { role } }),
    setRights: (org: string, user: string, body: t.Rights) =>
      request<t.Member>(connection, "PUT", `${at(org)}/members/${user}/rights`, { body }),
    removeMember: (org: string, user: string) =>
      request<void>(connection, "DELETE", `${at(org)}/members/${user}`),
    deactivateMember: (org: string, user: string) =>
      request<t.Member>(connection, "POST", `${at(org)}/members/${user}/deactivate`, { body: {} }),
    reactivateMember: (org: string, user: string) =>
      request<t.Member>(connection, "POST", `${at(org)}/members/${user}/reactivate`, { body: {} }),

    invite: (org: string, body: t.NewInvitations) =>
      request<t.InvitationResults>(connection, "POST", `${at(org)}/invitations`, { body, creates: true }),
    listInvitations: (org: string, query?: t.PageQuery & { state?: t.InvitationState; email?: string }) =>
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

    listChannels: (org: string, query?: t.PageQuery) =>
      request<t.Page<t.Channel>>(connection, "GET", `${at(org)}/channels`, { ...(query && { query }) }),
    getChannel: (org: string, channel: string) =>
      request<t.Channel>(connection, "GET", `${at(org)}/channels/${channel}`),
    changeMyChannel: (org: string, channel: string, body: t.MyChannelChange) =>
      request<t.Channel["me"]>(connection, "PUT", `${at(org)}/channels/${channel}/me`, { body }),
    listMessages: (
      org: string,
      channel: string,
      query?: t.PageQuery & { before?: number; after?: number; around?: number },
    ) =>
      request<t.Page<t.Message>>(connection, "GET", `${at(org)}/channels/${channel}/messages`, {
        ...(query && { query }),
      }),
    /** The nonce makes it idempotent (MSG-3): pass the same one to repeat a post on your own. */
    postMessage: (org: string, channel: string, message: t.NewMessage) =>
      request<t.Message>(connection, "POST", `${at(org)}/channels/${channel}/messages`, {
        body: { nonce: crypto.randomUUID(), ...message },
        repeatable: true,
      }),
    getMessage: (org: string, channel: string, seq: number) =>
      request<t.Message>(connection, "GET", `${at(org)}/channels/${channel}/messages/${seq}`),
    /** A ticket opens one socket within 60 s; an unused one is harmless, so asking twice is too. */
    createSocketTicket: (org: string) =>
      request<t.SocketTicket>(connection, "POST", `${at(org)}/socket-tickets`, {
        body: {},
        repeatable: true,
      }),
  };
}

export type VestibuleClient = ReturnType<typeof createClient>;
