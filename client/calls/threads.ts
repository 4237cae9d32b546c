import { type Connection, request } from "../request.ts";
import type * as t from "../types.ts";
import { at, atMessage } from "./paths.ts";

/** MSG-8: threads, and which of them the caller follows. */
export function threadCalls(connection: Connection) {
  return {
    /** The first message, then the replies, ascending. */
    getThread: (org: string, channel: string, seq: number, query?: t.PageQuery) =>
      request<t.Thread>(connection, "GET", `${atMessage(org, channel, seq)}/thread`, {
        ...(query && { query }),
      }),
    followThread: (org: string, channel: string, seq: number) =>
      request<void>(connection, "PUT", `${atMessage(org, channel, seq)}/follow`),
    unfollowThread: (org: string, channel: string, seq: number) =>
      request<void>(connection, "DELETE", `${atMessage(org, channel, seq)}/follow`),
    /** The threads that the caller follows, the newest reply first. */
    listThreads: (org: string, query?: t.PageQuery) =>
      request<t.Page<t.FollowedThread>>(connection, "GET", `${at(org)}/threads`, { ...(query && { query }) }),
  };
}
