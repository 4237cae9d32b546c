import type { Action } from "./actions.ts";
import { type Decision, firstDenial } from "./decision.ts";
import type { Standing } from "./people.ts";
import { type PermissionFacts, permit } from "./permissions.ts";

/** BOT-3: what the assistant knows rules about; each is one action of the permission table. */
export const TOPICS = [
  "post",
  "reply",
  "react",
  "edit-message",
  "pin",
  "call",
  "converse",
  "set-status",
  "search-directory",
  "join-channel",
  "create-channel",
  "add-people",
  "rename-channel",
  "archive-channel",
  "delete-message",
  "create-group",
  "invite",
  "change-roles",
  "read-audit",
  "share-address",
] as const;
export type Topic = (typeof TOPICS)[number];

type Place = Omit<PermissionFacts, "standing">;

/** A channel that somebody is in, one that they administer, and one that they could join. */
const INSIDE: Place = { relation: "member", channelType: "private" };
const AS_ADMIN: Place = { relation: "admin", channelType: "private" };
const OUTSIDE: Place = { relation: "none", channelType: "public" };

const ACTION_OF: Record<Topic, { readonly action: Action; readonly place?: Place }> = {
  post: { action: "message.post" },
  reply: { action: "message.reply" },
  react: { action: "message.react" },
  "edit-message": { action: "message.edit-own" },
  pin: { action: "message.pin" },
  call: { action: "call.start" },
  converse: { action: "conversation.open" },
  "set-status": { action: "status.set" },
  "search-directory": { action: "directory.search" },
  "join-channel": { action: "channel.join", place: OUTSIDE },
  "create-channel": { action: "channel.create" },
  "add-people": { action: "channel.add-people" },
  "rename-channel": { action: "channel.rename" },
  "archive-channel": { action: "channel.archive" },
  "delete-message": { action: "message.delete-own" },
  "create-group": { action: "group.create" },
  invite: { action: "invitation.create" },
  "change-roles": { action: "member.change-org-role" },
  "read-audit": { action: "audit.list" },
  "share-address": { action: "share.create" },
};

/** Whether somebody may; `as-admin`: in the channels that they administer. */
export type Verdict =
  | { readonly kind: "yes" }
  | { readonly kind: "as-admin" }
  | { readonly kind: "no"; readonly denied: Extract<Decision, { allowed: false }> };

/** BOT-3: what the permission table says to somebody about a topic, where they are in a channel or could be. */
export function verdictOn(topic: Topic, standing: Standing): Verdict {
  const { action, place = INSIDE } = ACTION_OF[topic];
  const decision = firstDenial(permit(action, { standing, ...place }));
  if (decision.allowed) return { kind: "yes" };
  const isForAdmins = standing.kind === "member" && permit(action, { standing, ...AS_ADMIN }).allowed;
  return isForAdmins ? { kind: "as-admin" } : { kind: "no", denied: decision };
}

/** BOT-4: the topics that somebody may be offered: those that nobody would refuse them. */
export function topicsFor(standing: Standing): Topic[] {
  return TOPICS.filter((topic) => verdictOn(topic, standing).kind === "yes");
}
