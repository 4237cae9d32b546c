import type { Action } from "@vestibule/domain/permissions";
import type { Person } from "../../../support/person.ts";
import type { World } from "./world.ts";

/** One request. */
export type Door = { method: string; path: string; body?: object };

type Here = { world: World; who: Person; channelId: string };

const door = (method: string, path: string, body?: object): Door =>
  body === undefined ? { method, path } : { method, path, body };

const channel =
  (method: string, rest: string, body?: (here: Here) => object) =>
  (here: Here): Door =>
    door(method, `${here.world.base}/channels/${here.channelId}${rest}`, body?.(here));

const inOrganization =
  (method: string, rest: string | ((here: Here) => string), body?: (here: Here) => object) =>
  (here: Here): Door =>
    door(method, here.world.base + (typeof rest === "string" ? rest : rest(here)), body?.(here));

const member =
  (method: string, rest: string, body?: () => object) =>
  (here: Here): Door =>
    door(method, `${here.world.base}/members/${here.world.other.userId}${rest}`, body?.());

/**
 * The HTTP door of every action that has one. `null`: it has none of its own. `guest.leave` and `member.leave` share
 * DELETE of one's own record, which is either, as the person is.
 */
export const DOORS: Readonly<Record<Action, ((here: Here) => Door) | null>> = {
  "organization.read": inOrganization("GET", ""),
  "organization.update": inOrganization("PATCH", "", () => ({ name: "Renamed Ltd" })),
  "usage.read": inOrganization("GET", "/usage"),
  "audit.list": inOrganization("GET", "/audit"),
  "permissions.read": inOrganization("GET", "/permissions"),
  "directory.search": inOrganization("GET", "/directory"),
  "profile.update": null,
  "status.set": inOrganization("PUT", "/me/status", () => ({ presence: "away" })),
  "status.read": inOrganization("GET", ({ world }) => `/statuses?userIds=${world.other.userId}`),
  "member.list": inOrganization("GET", "/members"),
  "member.read": member("GET", ""),
  "member.list-pending": inOrganization("GET", "/members?state=pending"),
  "member.change-org-role": member("PUT", "/org-role", () => ({ role: "user" })),
  "member.change-chat-role": member("PUT", "/chat-role", () => ({ role: "admin" })),
  "member.change-rights": member("PUT", "/rights", () => ({ mail: true })),
  "member.remove": member("DELETE", ""),
  "member.leave": null,
  "member.deactivate": member("POST", "/deactivate"),
  "member.reactivate": member("POST", "/reactivate"),
  "member.convert-to-guest": inOrganization(
    "POST",
    ({ world }) => `/members/${world.other.userId}/convert`,
    ({ channelId }) => ({ to: "guest", channelIds: [channelId] }),
  ),
  "guest.list": inOrganization("GET", "/guests"),
  "guest.read": inOrganization("GET", ({ world }) => `/guests/${world.guest.userId}`),
  "guest.update": inOrganization(
    "PATCH",
    ({ world }) => `/guests/${world.guest.userId}`,
    () => ({ endsAt: null }),
  ),
  "guest.remove": inOrganization("DELETE", ({ world }) => `/members/${world.guest.userId}`),
  "guest.leave": null,
  "guest.convert-to-member": inOrganization(
    "POST",
    ({ world }) => `/members/${world.guest.userId}/convert`,
    () => ({ to: "member" }),
  ),
  "invitation.create": inOrganization("POST", "/invitations", () => ({
    kind: "member",
    invitees: [{ email: "never@example.com" }],
  })),
  "invitation.list": inOrganization("GET", "/invitations"),
  "invitation.read": inOrganization("GET", ({ world }) => `/invitations/${world.invitationId}`),
  "invitation.update": inOrganization(
    "PATCH",
    ({ world }) => `/invitations/${world.invitationId}`,
    () => ({ firstName: "Never" }),
  ),
  "invitation.resend": inOrganization("POST", ({ world }) => `/invitations/${world.invitationId}/resend`),
  "mail-address.list": inOrganization("GET", "/mail-addresses"),
  "mail-address.create": inOrganization("POST", "/mail-addresses", () => ({ address: "never@example.com" })),
  "mail-address.delete": inOrganization("DELETE", ({ world }) => `/mail-addresses/${world.mailAddressId}`),
  "share.list": inOrganization("GET", ({ world }) => `/mail-addresses/${world.mailAddressId}/shares`),
  "share.create": inOrganization(
    "POST",
    ({ world }) => `/mail-addresses/${world.mailAddressId}/shares`,
    ({ world }) => ({ userId: world.third.userId }),
  ),
  "share.update": inOrganization(
    "PATCH",
    ({ world }) => `/mail-addresses/${world.mailAddressId}/shares/${world.other.userId}`,
    () => ({ rights: ["read"] }),
  ),
  "share.remove": inOrganization(
    "DELETE",
    ({ world }) => `/mail-addresses/${world.mailAddressId}/shares/${world.other.userId}`,
  ),
  "invitation.revoke": inOrganization("DELETE", ({ world }) => `/invitations/${world.invitationId}`),
  "group.list": inOrganization("GET", "/groups"),
  "group.read": inOrganization("GET", ({ world }) => `/groups/${world.groupId}`),
  "group.create": inOrganization("POST", "/groups", () => ({ name: "Never" })),
  "group.update": inOrganization(
    "PATCH",
    ({ world }) => `/groups/${world.groupId}`,
    () => ({ name: "Never" }),
  ),
  "group.delete": inOrganization("DELETE", ({ world }) => `/groups/${world.groupId}`),
  "group.add-member": inOrganization(
    "PUT",
    ({ world }) => `/groups/${world.groupId}/members/${world.other.userId}`,
  ),
  "group.remove-member": inOrganization(
    "DELETE",
    ({ world }) => `/groups/${world.groupId}/members/${world.other.userId}`,
  ),
  "group.join": inOrganization(
    "PUT",
    ({ world, who }) => `/groups/${world.openGroupId}/members/${who.userId}`,
  ),
  "group.leave": inOrganization(
    "DELETE",
    ({ world, who }) => `/groups/${world.openGroupId}/members/${who.userId}`,
  ),
  "channel.list": inOrganization("GET", "/channels"),
  "channel.create": inOrganization("POST", "/channels", () => ({ name: "Never", type: "private" })),
  "channel.read": channel("GET", ""),
  "channel.list-members": channel("GET", "/members"),
  "channel.join": channel("POST", "/join"),
  "channel.leave": channel("POST", "/leave"),
  "channel.rename": channel("PATCH", "", () => ({ name: "Never" })),
  "channel.describe": channel("PATCH", "", () => ({ header: "never" })),
  "channel.make-private": channel("PATCH", "", () => ({ type: "private" })),
  "channel.make-public": channel("PATCH", "", () => ({ type: "public" })),
  "channel.archive": channel("POST", "/archive"),
  "channel.restore": channel("POST", "/restore"),
  "channel.delete": channel("DELETE", ""),
  "channel.set-default": channel("PATCH", "", () => ({ default: true })),
  "channel.add-people": channel("POST", "/members", ({ world }) => ({ userIds: [world.third.userId] })),
  "channel.remove-people": (here) =>
    door("DELETE", `${here.world.base}/channels/${here.channelId}/members/${here.world.other.userId}`),
  "channel.attach-group": channel("POST", "/members", ({ world }) => ({ groupIds: [world.groupId] })),
  "channel.detach-group": (here) =>
    door("DELETE", `${here.world.base}/channels/${here.channelId}/groups/${here.world.groupId}`),
  "channel.change-role": (here) =>
    door("PUT", `${here.world.base}/channels/${here.channelId}/members/${here.world.other.userId}/role`, {
      role: "admin",
    }),
  "channel.set-favourite": channel("PUT", "/me", () => ({ favourite: true })),
  "channel.mute": channel("PUT", "/me", () => ({ muted: true })),
  "channel.mark-read": channel("PUT", "/me", () => ({ lastReadSeq: 1 })),
  "conversation.open": inOrganization("POST", "/channels/direct", ({ world }) => ({
    userIds: [world.host.userId],
  })),
  "message.read": channel("GET", "/messages"),
  "message.post": channel("POST", "/messages", () => ({ text: "never", nonce: "never" })),
  "message.edit-own": null,
  // A message of one's own can be deleted where one may write; where not, there is none.
  "message.delete-own": null,
  "message.delete": channel("DELETE", "/messages/1"),
  "message.react": channel("PUT", `/messages/1/reactions/${encodeURIComponent("👍")}`),
  // A reply is posted: whoever may not post is told so.
  "message.reply": null,
  "message.pin": channel("PUT", "/messages/1/pin"),
  "command.use": channel("GET", "/commands"),
  "command.use-restricted": channel("POST", "/commands", () => ({ text: "/rename Never", nonce: "never" })),
  "thread.follow": channel("PUT", "/messages/1/follow"),
  "call.start": channel("POST", "/calls", () => ({})),
  // A call is of a channel that one is in: where not, there is none.
  "call.join": null,
  "call.end": null,
  "unread.read": inOrganization("GET", "/unread"),
  "socket.open": inOrganization("POST", "/socket-tickets"),
};
