import { type Connection, request } from "../request.ts";
import type * as t from "../types.ts";
import { at } from "./paths.ts";

/** Groups: named sets of members (CH-8, CH-9). */
export function groupCalls(connection: Connection) {
  const atGroup = (org: string, group: string) => `${at(org)}/groups/${group}`;

  return {
    listGroups: (org: string, query?: t.PageQuery) =>
      request<t.Page<t.Group>>(connection, "GET", `${at(org)}/groups`, { ...(query && { query }) }),
    createGroup: (org: string, body: { name: string; open?: boolean }) =>
      request<t.Group>(connection, "POST", `${at(org)}/groups`, { body, creates: true }),
    getGroup: (org: string, group: string) => request<t.Group>(connection, "GET", atGroup(org, group)),
    changeGroup: (org: string, group: string, body: { name?: string; open?: boolean }, ifMatch?: string) =>
      request<t.Group>(connection, "PATCH", atGroup(org, group), { body, ...(ifMatch && { ifMatch }) }),
    deleteGroup: (org: string, group: string) => request<void>(connection, "DELETE", atGroup(org, group)),
    listGroupMembers: (org: string, group: string, query?: t.PageQuery) =>
      request<t.Page<t.GroupMember>>(connection, "GET", `${atGroup(org, group)}/members`, {
        ...(query && { query }),
      }),
    addToGroup: (org: string, group: string, user: string) =>
      request<t.GroupMember>(connection, "PUT", `${atGroup(org, group)}/members/${user}`, { body: {} }),
    removeFromGroup: (org: string, group: string, user: string) =>
      request<void>(connection, "DELETE", `${atGroup(org, group)}/members/${user}`),
  };
}
