import { type Connection, request } from "../request.ts";
import type * as t from "../types.ts";
import { atMessage } from "./paths.ts";

/** MSG-9: reactions, once per person and emoji: an emoji, or a name like `:wave:`. */
export function reactionCalls(connection: Connection) {
  const atReaction = (org: string, channel: string, seq: number, emoji: string) =>
    `${atMessage(org, channel, seq)}/reactions/${encodeURIComponent(emoji)}`;

  return {
    react: (org: string, channel: string, seq: number, emoji: string) =>
      request<t.Message>(connection, "PUT", atReaction(org, channel, seq, emoji)),
    unreact: (org: string, channel: string, seq: number, emoji: string) =>
      request<void>(connection, "DELETE", atReaction(org, channel, seq, emoji)),
    /** Everybody who used an emoji, or any; a message tells of the first 50 of each. */
    listReactions: (org: string, channel: string, seq: number, query?: t.PageQuery & { emoji?: string }) =>
      request<t.Page<t.Reactor>>(connection, "GET", `${atMessage(org, channel, seq)}/reactions`, {
        ...(query && { query }),
      }),
  };
}
