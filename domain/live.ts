import { isActiveMember, type Standing } from "./people.ts";
import { permit } from "./permissions.ts";
import { mayRead } from "./posting.ts";
import type { ChannelRelation } from "./vocabulary.ts";

/** The live events of the product so far. */
export const EVENT_TYPES = [
  "message.posted",
  "member.joined",
  "member.updated",
  "member.removed",
  "invitation.created",
  "invitation.updated",
  "usage.changed",
  "unread.changed",
  "session.revoked",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** `managers` are org managers and chat admins; `person` is the one concerned, on all their connections. */
export const AUDIENCES = ["channel", "organization", "managers", "person"] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Who is told (MSG-4, INV-17, api.md). */
export const EVENT_AUDIENCES: Record<EventType, Audience> = {
  "message.posted": "channel",
  "member.joined": "organization",
  "member.updated": "organization",
  "member.removed": "organization",
  "invitation.created": "managers",
  "invitation.updated": "managers",
  "usage.changed": "managers",
  "unread.changed": "person",
  "session.revoked": "person",
};

export type Recipient = {
  readonly standing: Standing;
  readonly relation: ChannelRelation;
  readonly isConcerned: boolean;
};

const RECEIVES: Record<Audience, (recipient: Recipient) => boolean> = {
  channel: (recipient) => mayRead(recipient).allowed,
  organization: ({ standing }) => isActiveMember(standing),
  managers: ({ standing }) => permit("usage.read", { standing }).allowed,
  person: ({ isConcerned }) => isConcerned,
};

/** MSG-4, GST-16: checked again for each recipient at delivery time. */
export function mayReceive(type: EventType, recipient: Recipient): boolean {
  return RECEIVES[EVENT_AUDIENCES[type]](recipient);
}
