import { type Connection, request } from "../request.ts";
import type * as t from "../types.ts";
import { at } from "./paths.ts";

/** Members and guests of an organization, their roles, and the directory. */
export function peopleCalls(connection: Connection) {
  const member = (org: string, user: string) => `${at(org)}/members/${user}`;

  return {
    listMembers: (org: string, query?: t.PageQuery & { state?: "active" | "deactivated"; search?: string }) =>
      request<t.Page<t.Member>>(connection, "GET", `${at(org)}/members`, { ...(query && { query }) }),
    listPendingMembers: (org: string, query?: t.PageQuery) =>
      request<t.Page<t.Invitation>>(connection, "GET", `${at(org)}/members`, {
        query: { ...query, state: "pending" },
      }),
    getMember: (org: string, user: string) => request<t.Member>(connection, "GET", member(org, user)),
    setOrgRole: (org: string, user: string, role: t.OrgRole) =>
      request<t.Member>(connection, "PUT", `${member(org, user)}/org-role`, { body: { role } }),
    setChatRole: (org: string, user: string, role: t.ChatRole) =>
      request<t.Member>(connection, "PUT", `${member(org, user)}/chat-role`, { body: { role } }),
    setRights: (org: string, user: string, body: t.Rights) =>
      request<t.Member>(connection, "PUT", `${member(org, user)}/rights`, { body }),
    /** ORG-10, GINV-9: members and guests; one's own record: leave. */
    removeMember: (org: string, user: string) => request<void>(connection, "DELETE", member(org, user)),
    deactivateMember: (org: string, user: string) =>
      request<t.Member>(connection, "POST", `${member(org, user)}/deactivate`, { body: {} }),
    reactivateMember: (org: string, user: string) =>
      request<t.Member>(connection, "POST", `${member(org, user)}/reactivate`, { body: {} }),
    /** GINV-11: a guest takes a seat. */
    convertToMember: (org: string, user: string) =>
      request<t.Member>(connection, "POST", `${member(org, user)}/convert`, { body: { to: "member" } }),
    /** GINV-11: a member gives the seat up, and keeps these channels only. */
    convertToGuest: (org: string, user: string, channelIds: string[]) =>
      request<t.Guest>(connection, "POST", `${member(org, user)}/convert`, {
        body: { to: "guest", channelIds },
      }),

    listGuests: (org: string, query?: t.PageQuery) =>
      request<t.Page<t.Guest>>(connection, "GET", `${at(org)}/guests`, { ...(query && { query }) }),
    getGuest: (org: string, user: string) => request<t.Guest>(connection, "GET", `${at(org)}/guests/${user}`),
    /** GINV-10: until when a guest is here; `null` for no end. */
    changeGuest: (org: string, user: string, body: { endsAt: string | null }, ifMatch?: string) =>
      request<t.Guest>(connection, "PATCH", `${at(org)}/guests/${user}`, {
        body,
        ...(ifMatch && { ifMatch }),
      }),

    /** DIR-1, DIR-3: people and groups, by the beginning of a name or address. */
    searchDirectory: (org: string, query?: t.PageQuery & { search?: string }) =>
      request<t.Page<t.DirectoryEntry>>(connection, "GET", `${at(org)}/directory`, {
        ...(query && { query }),
      }),
  };
}
