import { type Connection, request } from "../request.ts";
import type * as t from "../types.ts";
import { at, atChannel } from "./paths.ts";

/** Channels and conversations, who is in them, and how the caller keeps them. */
export function channelCalls(connection: Connection) {
  return {
    listChannels: (org: string, query?: t.ChannelQuery) =>
      request<t.Page<t.Channel>>(connection, "GET", `${at(org)}/channels`, { ...(query && { query }) }),
    createChannel: (org: string, body: t.NewChannel) =>
      request<t.Channel>(connection, "POST", `${at(org)}/channels`, { body, creates: true }),
    getChannel: (org: string, channel: string) =>
      request<t.Channel>(connection, "GET", atChannel(org, channel)),
    changeChannel: (org: string, channel: string, body: t.ChannelChange, ifMatch?: string) =>
      request<t.Channel>(connection, "PATCH", atChannel(org, channel), {
        body,
        ...(ifMatch && { ifMatch }),
      }),
    deleteChannel: (org: string, channel: string) =>
      request<void>(connection, "DELETE", atChannel(org, channel)),
    archiveChannel: (org: string, channel: string) =>
      request<t.Channel>(connection, "POST", `${atChannel(org, channel)}/archive`, { body: {} }),
    restoreChannel: (org: string, channel: string) =>
      request<t.Channel>(connection, "POST", `${atChannel(org, channel)}/restore`, { body: {} }),
    joinChannel: (org: string, channel: string) =>
      request<t.Channel>(connection, "POST", `${atChannel(org, channel)}/join`, {
        body: {},
        repeatable: true,
      }),
    leaveChannel: (org: string, channel: string) =>
      request<void>(connection, "POST", `${atChannel(org, channel)}/leave`, { body: {} }),
    /** CH-3: the conversation with these people, whether it is there already or not. */
    openConversation: (org: string, userIds: string[]) =>
      request<t.Channel>(connection, "POST", `${at(org)}/channels/direct`, {
        body: { userIds },
        creates: true,
      }),
    changeMyChannel: (org: string, channel: string, body: t.MyChannelChange) =>
      request<t.Channel["me"]>(connection, "PUT", `${atChannel(org, channel)}/me`, { body }),
    listUnread: (org: string, query?: t.PageQuery) =>
      request<t.Page<t.Unread>>(connection, "GET", `${at(org)}/unread`, { ...(query && { query }) }),

    /** CH-10: channel admins, members, guests, pending guests. */
    listChannelMembers: (org: string, channel: string, query?: t.PageQuery & { search?: string }) =>
      request<t.ChannelPeople>(connection, "GET", `${atChannel(org, channel)}/members`, {
        ...(query && { query }),
      }),
    /** CH-8: answered per person; adding who is there already does no harm. */
    addToChannel: (org: string, channel: string, body: { userIds?: string[]; groupIds?: string[] }) =>
      request<t.AdditionResults>(connection, "POST", `${atChannel(org, channel)}/members`, {
        body,
        repeatable: true,
      }),
    removeFromChannel: (org: string, channel: string, user: string) =>
      request<void>(connection, "DELETE", `${atChannel(org, channel)}/members/${user}`),
    setChannelRole: (org: string, channel: string, user: string, role: "admin" | "member") =>
      request<t.ChannelMember>(connection, "PUT", `${atChannel(org, channel)}/members/${user}/role`, {
        body: { role },
      }),
    listChannelGroups: (org: string, channel: string, query?: t.PageQuery) =>
      request<t.Page<t.Group>>(connection, "GET", `${atChannel(org, channel)}/groups`, {
        ...(query && { query }),
      }),
    detachGroup: (org: string, channel: string, group: string) =>
      request<void>(connection, "DELETE", `${atChannel(org, channel)}/groups/${group}`),
  };
}
