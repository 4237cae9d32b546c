import { type Connection, request } from "../request.ts";
import type * as t from "../types.ts";
import { at } from "./paths.ts";

/** Mail addresses of an organization, and who may use them (SHR). */
export function shareCalls(connection: Connection) {
  const atAddress = (org: string, address: string) => `${at(org)}/mail-addresses/${address}`;

  return {
    listMailAddresses: (org: string, query?: t.PageQuery) =>
      request<t.Page<t.MailAddress>>(connection, "GET", `${at(org)}/mail-addresses`, {
        ...(query && { query }),
      }),
    createMailAddress: (org: string, body: t.NewMailAddress) =>
      request<t.MailAddress>(connection, "POST", `${at(org)}/mail-addresses`, { body, creates: true }),
    deleteMailAddress: (org: string, address: string) =>
      request<void>(connection, "DELETE", atAddress(org, address)),

    /** SHR-6: groups, people, then pending invitations. */
    listShares: (org: string, address: string, query?: t.PageQuery) =>
      request<t.Page<t.Share>>(connection, "GET", `${atAddress(org, address)}/shares`, {
        ...(query && { query }),
      }),
    /** SHR-2: asks for a sign-in of the last 15 minutes. */
    shareMailAddress: (org: string, address: string, body: t.NewShare = {}) =>
      request<t.Shared>(connection, "POST", `${atAddress(org, address)}/shares`, { body, creates: true }),
    changeShare: (org: string, address: string, user: string, rights: t.ShareRight[]) =>
      request<t.Holder>(connection, "PATCH", `${atAddress(org, address)}/shares/${user}`, {
        body: { rights },
      }),
    /** Somebody's own access; what a group gives them stays. One's own: give it up. */
    removeShare: (org: string, address: string, user: string) =>
      request<void>(connection, "DELETE", `${atAddress(org, address)}/shares/${user}`),
    changeGroupShare: (org: string, address: string, group: string, rights: t.ShareRight[]) =>
      request<t.GroupShare>(connection, "PATCH", `${atAddress(org, address)}/groups/${group}`, {
        body: { rights },
      }),
    removeGroupShare: (org: string, address: string, group: string) =>
      request<void>(connection, "DELETE", `${atAddress(org, address)}/groups/${group}`),
    /** SHR-5: what a pending invitation is to give. */
    changeShareInvitation: (org: string, address: string, invitation: string, rights: t.ShareRight[]) =>
      request<t.Invitation>(connection, "PATCH", `${atAddress(org, address)}/invitations/${invitation}`, {
        body: { rights },
      }),

    /** SHR-7: the mail addresses that the caller has access to, of all organizations. */
    listMyMailAddresses: (query?: t.PageQuery) =>
      request<t.Page<t.MyMailAddress>>(connection, "GET", "/v1/me/mail-addresses", {
        ...(query && { query }),
      }),
    giveUpMailAddress: (organizationId: string, address: string) =>
      request<void>(connection, "DELETE", `/v1/me/mail-addresses/${address}`, { query: { organizationId } }),
  };
}
