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
    /** With how far one has read it, where that is to be noted. */
    followThread: (org: string, channel: string, seq: number, body: { lastReadSeq?: number } = {}) =>
      request<void>(connection, "PUT", `${atMessage(org, channel, seq)}/follow`, { body }),
    unfollowThread: (org: string, channel: string, seq: number) =>
      request<void>(connection, "DELETE", `${atMessage(org, channel, seq)}/follow`),
    /** The threads that the caller follows, the newest reply first: 200 at most, without further pages. */
    listThreads: (org: string, query?: { limit?: number }) =>
      request<t.Page<t.FollowedThread>>(connection, "GET", `${at(org)}/threads`, { ...(query && { query }) }),
  };
}
