import { isActiveMember, type Standing } from "./people.ts";
import { permit } from "./permissions.ts";
import { mayRead } from "./posting.ts";
import type { ChannelRelation, ChannelType } from "./vocabulary.ts";

/** The live events of the product so far. */
export const EVENT_TYPES = [
  "message.posted",
  "message.edited",
  "message.deleted",
  "message.pinned",
  "message.unpinned",
  "message.thread",
  "reaction.added",
  "reaction.removed",
  "call.ringing",
  "call.started",
  "call.updated",
  "call.ended",
  "status.changed",
  "typing",
  "notification",
  "channel.created",
  "channel.updated",
  "channel.archived",
  "channel.restored",
  "channel.deleted",
  "channel.member.added",
  "channel.member.removed",
  "channel.member.updated",
  "member.joined",
  "member.updated",
  "member.removed",
  "guest.joined",
  "guest.removed",
  "invitation.created",
  "invitation.updated",
  "usage.changed",
  "unread.changed",
  "session.revoked",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/**
 * `channel` are those in it; `channel-and-person` also the one concerned, who may have just been removed;
 * `channel-or-public` those in it, and of a public one all members (CH-5). `organization` are its members, never guests
 * (GST-13). `managers` are org managers and chat admins; `person` is the one concerned, on all their connections.
 * `watchers` are those who look (PRS-3, GST-16): at the channel while they are in it, or at people whom they may see.
 */
export const AUDIENCES = [
  "channel",
  "channel-and-person",
  "channel-or-public",
  "organization",
  "managers",
  "person",
  "watchers",
] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Who is told (MSG-4, CH-5, INV-17, GINV-5, api.md). */
export const EVENT_AUDIENCES: Record<EventType, Audience> = {
  "message.posted": "channel",
  "message.edited": "channel",
  "message.deleted": "channel",
  "message.pinned": "channel",
  "message.unpinned": "channel",
  "message.thread": "channel",
  "reaction.added": "channel",
  "reaction.removed": "channel",
  "call.ringing": "person",
  "call.started": "channel",
  "call.updated": "channel",
  "call.ended": "channel",
  "status.changed": "watchers",
  typing: "watchers",
  notification: "person",
  "channel.created": "channel-or-public",
  "channel.updated": "channel-or-public",
  "channel.archived": "channel-or-public",
  "channel.restored": "channel-or-public",
  "channel.deleted": "channel-or-public",
  "channel.member.added": "channel-and-person",
  "channel.member.removed": "channel-and-person",
  "channel.member.updated": "channel-and-person",
  "member.joined": "organization",
  "member.updated": "organization",
  "member.removed": "organization",
  "guest.joined": "managers",
  "guest.removed": "managers",
  "invitation.created": "managers",
  "invitation.updated": "managers",
  "usage.changed": "managers",
  "unread.changed": "person",
  "session.revoked": "person",
};

export type Recipient = {
  readonly standing: Standing;
  readonly relation: ChannelRelation;
  /** Left out where the event is of no channel. */
  readonly channelType?: ChannelType;
  readonly isConcerned: boolean;
  /** They look at what the event is about, and may see it; left out: they do not. */
  readonly isWatching?: boolean;
};

const RECEIVES: Record<Audience, (recipient: Recipient) => boolean> = {
  channel: (recipient) => mayRead(recipient).allowed,
  "channel-and-person": (recipient) => recipient.isConcerned || mayRead(recipient).allowed,
  "channel-or-public": (recipient) => permit("channel.read", recipient).allowed,
  organization: ({ standing }) => isActiveMember(standing),
  managers: ({ standing }) => permit("usage.read", { standing }).allowed,
  person: ({ isConcerned }) => isConcerned,
  watchers: ({ isWatching = false }) => isWatching,
};

/** MSG-4, GST-16: checked again for each recipient at delivery time. */
export function mayReceive(type: EventType, recipient: Recipient): boolean {
  return RECEIVES[EVENT_AUDIENCES[type]](recipient);
}
