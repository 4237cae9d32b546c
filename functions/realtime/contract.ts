import type { EventType } from "@vestibule/domain/live";
import { CHANNEL_ROLES, NOTIFICATION_REASONS } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { channelShape } from "../contract/channel.ts";
import { commandAnswerShape, commandInputFields } from "../contract/command.ts";
import { text } from "../contract/fields.ts";
import { guestShape } from "../contract/guest.ts";
import { invitationShape } from "../contract/invitation.ts";
import { memberShape } from "../contract/member.ts";
import { messageShape, newMessageFields, notInChannelShape } from "../contract/message.ts";
import { momentSchema } from "../contract/moment.ts";
import { usageShape } from "../contract/organization.ts";
import { statusInputFields, statusShape } from "../contract/status.ts";
import { shownCallSchema } from "../table/messages.ts";

/** What a client may name a frame; it comes back with the reply. */
const frameId = z.union([text(0, 64), z.number()]);

const seq = z.number().int().min(0).max(999_999_999_999);
const channelId = text(1, 40);

/** The channels that one `resume` may ask for. */
export const MAX_RESUMED_CHANNELS = 100;

/** The people that one connection may watch (PRS-3). */
export const MAX_WATCHED = 100;

/** The frames a client sends, by action (`api.md`, WebSocket); strict, as request bodies are. */
export const clientFrames = {
  post: z.strictObject({
    action: z.literal("post"),
    id: frameId.optional(),
    channelId,
    ...newMessageFields,
  }),
  read: z.strictObject({ action: z.literal("read"), id: frameId.optional(), channelId, seq }),
  resume: z.strictObject({
    action: z.literal("resume"),
    id: frameId.optional(),
    channels: z
      .record(channelId, seq)
      .refine(
        (channels) => Object.keys(channels).length <= MAX_RESUMED_CHANNELS,
        `At most ${MAX_RESUMED_CHANNELS} channels`,
      ),
    /** The `asOf` of the last one: what was changed since is answered, too. */
    since: momentSchema.optional(),
  }),
  /** Which channel this connection looks at, where others' typing is told; `null` for none. */
  look: z.strictObject({
    action: z.literal("look"),
    id: frameId.optional(),
    channelId: channelId.nullable(),
  }),
  typing: z.strictObject({ action: z.literal("typing"), id: frameId.optional(), channelId }),
  /** Sets one's own status, and whom this connection watches from now on; nobody with an empty list (PRS-1…3). */
  status: z
    .strictObject({
      action: z.literal("status"),
      id: frameId.optional(),
      watch: z.array(text(1, 64)).max(MAX_WATCHED).optional(),
      ...statusInputFields,
    })
    .refine(
      ({ watch, presence, custom }) => watch !== undefined || presence !== undefined || custom !== undefined,
      "Nothing to set, and nobody to watch",
    ),
  command: z.strictObject({
    action: z.literal("command"),
    id: frameId.optional(),
    channelId,
    ...commandInputFields,
  }),
} as const;

export type Action = keyof typeof clientFrames;

/** Answered by the gateway itself; declared for the published document. */
export const pingFrame = z.strictObject({ action: z.literal("ping"), id: frameId.optional() });

export const problemShape = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  rule: z.string().optional(),
});

const missed = z.union([
  z.object({
    messages: z.array(messageShape),
    more: z.boolean(),
    /** With `since`: messages that were changed since, as they are now; `moreChanged` if these are not all. */
    changed: z.array(messageShape).optional(),
    moreChanged: z.boolean().optional(),
  }),
  z.object({ problem: problemShape }),
]);

/** What a good reply carries beside `type`, `id` and `ok`. */
export const replies = {
  post: z.object({
    message: messageShape,
    duplicate: z.boolean(),
    /** Those whom the text mentions in vain (MSG-10). */
    notInChannel: z.array(notInChannelShape).optional(),
  }),
  read: z.object({ channelId: z.string(), lastReadSeq: z.number() }),
  /** `asOf` is the `since` of the next one. */
  resume: z.object({ channels: z.record(z.string(), missed), asOf: z.string() }),
  look: z.object({ channelId: z.string().nullable() }),
  typing: z.object({ channelId: z.string() }),
  /** One's own status if it was set, and how the watched ones are whom one may know of (GST-16). */
  status: z.object({ status: statusShape.optional(), statuses: z.array(statusShape).optional() }),
  command: commandAnswerShape,
} as const satisfies Record<Action, z.ZodType>;

export type Reply<Name extends Action> = z.input<(typeof replies)[Name]>;

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

/** The payload of each live event; total, so that a new event type does not compile without one. */
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
