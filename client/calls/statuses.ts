import { type Connection, request } from "../request.ts";
import type * as t from "../types.ts";
import { at } from "./paths.ts";

/** PRS-1…3: presence and status. */
export function statusCalls(connection: Connection) {
  return {
    setStatus: (org: string, body: t.StatusChange) =>
      request<t.Status>(connection, "PUT", `${at(org)}/me/status`, { body }),
    /** Of those whom the caller may see. */
    listStatuses: (org: string, userIds: readonly string[]) =>
      request<{ items: t.Status[] }>(connection, "GET", `${at(org)}/statuses`, {
        query: { userIds: [...userIds].join(",") },
      }),
  };
}
