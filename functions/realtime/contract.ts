import type { EventType } from "@vestibule/domain/live";
import * as z from "zod";
import { text } from "../contract/fields.ts";
import { invitationShape } from "../contract/invitation.ts";
import { memberShape } from "../contract/member.ts";
import { messageShape, newMessageFields } from "../contract/message.ts";
import { usageShape } from "../contract/organization.ts";

/** What a client may name a frame; it comes back with the reply. */
const frameId = z.union([text(0, 64), z.number()]);

const seq = z.number().int().min(0).max(999_999_999_999);
const channelId = text(1, 40);

/** The channels that one `resume` may ask for. */
export const MAX_RESUMED_CHANNELS = 100;

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
  z.object({ messages: z.array(messageShape), more: z.boolean() }),
  z.object({ problem: problemShape }),
]);

/** What a good reply carries beside `type`, `id` and `ok`. */
export const replies = {
  post: z.object({ message: messageShape, duplicate: z.boolean() }),
  read: z.object({ channelId: z.string(), lastReadSeq: z.number() }),
  resume: z.object({ channels: z.record(z.string(), missed) }),
} as const satisfies Record<Action, z.ZodType>;

export type Reply<Name extends Action> = z.input<(typeof replies)[Name]>;

/** The payload of each live event; total, so that a new event type does not compile without one. */
export const events = {
  "message.posted": z.object({
    channelId: z.string(),
    seq: z.number(),
    /** Left out when it alone would exceed a frame: `tooLarge`, and the client fetches it. */
    message: messageShape.optional(),
    tooLarge: z.boolean().optional(),
  }),
  "member.joined": z.object({ member: memberShape }),
  "member.updated": z.object({ member: memberShape }),
  "member.removed": z.object({ userId: z.string() }),
  "invitation.created": z.object({ invitation: invitationShape }),
  "invitation.updated": z.object({ invitation: invitationShape }),
  "usage.changed": z.object({ usage: usageShape }),
  "unread.changed": z.object({ channelId: z.string(), unread: z.number() }),
  "session.revoked": z.looseObject({}),
} as const satisfies Record<EventType, z.ZodType>;

/** One live event as it goes over the wire. */
export type LiveEvent = {
  [Type in EventType]: { readonly type: Type } & z.infer<(typeof events)[Type]>;
}[EventType];
