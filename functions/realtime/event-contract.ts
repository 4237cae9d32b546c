import type { EventType } from "@vestibule/domain/live";
import { CHANNEL_ROLES, NOTIFICATION_REASONS } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { channelShape } from "../contract/channel.ts";
import { guestShape } from "../contract/guest.ts";
import { invitationShape } from "../contract/invitation.ts";
import { memberShape } from "../contract/member.ts";
import { messageShape } from "../contract/message.ts";
import { usageShape } from "../contract/organization.ts";
import { statusShape } from "../contract/status.ts";
import { shownCallSchema } from "../table/messages.ts";

/** A place in a channel; the message itself is asked for by those who show it. */
const place = z.object({ channelId: z.string(), seq: z.number() });

/** A channel as all see it who may: without its figures, and without how each of them stands to it. */
const toldChannel = channelShape.omit({ memberCount: true, guestCount: true, lastSeq: true, me: true });

/** An invitation as all its managers see it: without its channels, not all of which each may know of (CH-5). */
const toldInvitation = invitationShape.omit({ channelIds: true });

/** Somebody in a channel (CH-10). */
const inChannel = z.object({
  channelId: z.string(),
  userId: z.string(),
  kind: z.enum(["member", "guest"]),
  role: z.enum(CHANNEL_ROLES),
});

/** A call, and the message that tells of it (CALL-3). */
const toldCall = place.extend({ call: shownCallSchema });

/**
 * The payload of each live event; total, so that a new event type does not compile without one. Functions take no more
 * than the types from here: their events are what `present…` functions make, and these schemas would only be built at each cold start.
 */
export const events = {
  "message.posted": z.object({
    channelId: z.string(),
    seq: z.number(),
    /** Left out when it alone would exceed a frame: `tooLarge`, and the client fetches it. */
    message: messageShape.optional(),
    tooLarge: z.boolean().optional(),
  }),
  "message.edited": z.object({
    channelId: z.string(),
    seq: z.number(),
    /** Left out when it alone would exceed a frame: `tooLarge`, and the client fetches it. */
    message: messageShape.optional(),
    tooLarge: z.boolean().optional(),
  }),
  "message.deleted": place,
  "message.pinned": place.extend({ pinnedBy: z.string() }),
  "message.unpinned": place,
  "message.thread": place.extend({
    thread: z.object({ replies: z.number(), lastReplyAt: z.string(), userIds: z.array(z.string()) }),
  }),
  "reaction.added": place.extend({ emoji: z.string(), userId: z.string(), count: z.number() }),
  "reaction.removed": place.extend({ emoji: z.string(), userId: z.string(), count: z.number() }),
  "call.ringing": toldCall,
  "call.started": toldCall,
  "call.updated": toldCall,
  "call.ended": toldCall,
  "status.changed": z.object({ statuses: z.array(statusShape) }),
  typing: z.object({ channelId: z.string(), userId: z.string(), name: z.string() }),
  notification: z.object({
    channelId: z.string(),
    seq: z.number(),
    reason: z.enum(NOTIFICATION_REASONS),
  }),
  "channel.created": z.object({ channel: toldChannel }),
  "channel.updated": z.object({ channel: toldChannel }),
  "channel.archived": z.object({ channel: toldChannel }),
  "channel.restored": z.object({ channel: toldChannel }),
  /** Also of a channel that is gone from the recipient's sight, because it is private now (CH-6). */
  "channel.deleted": z.object({ channelId: z.string() }),
  "channel.member.added": inChannel,
  "channel.member.removed": z.object({ channelId: z.string(), userId: z.string() }),
  "channel.member.updated": inChannel,
  "member.joined": z.object({ member: memberShape }),
  "member.updated": z.object({ member: memberShape }),
  "member.removed": z.object({ userId: z.string() }),
  "guest.joined": z.object({ guest: guestShape.omit({ channelIds: true }) }),
  "guest.removed": z.object({ userId: z.string() }),
  "invitation.created": z.object({ invitation: toldInvitation }),
  "invitation.updated": z.object({ invitation: toldInvitation }),
  "usage.changed": z.object({ usage: usageShape }),
  "unread.changed": z.object({
    channelId: z.string(),
    unread: z.number(),
    mentions: z.number(),
    lastReadSeq: z.number(),
  }),
  "session.revoked": z.looseObject({}),
} as const satisfies Record<EventType, z.ZodType>;

/** One live event as it goes over the wire. */
export type LiveEvent = {
  [Type in EventType]: { readonly type: Type } & z.infer<(typeof events)[Type]>;
}[EventType];
