import * as z from "zod";
import { commandAnswerShape, commandInputFields } from "../contract/command.ts";
import { text } from "../contract/fields.ts";
import { messageShape, newMessageFields, notInChannelShape } from "../contract/message.ts";
import { momentSchema } from "../contract/moment.ts";
import { statusInputFields, statusShape } from "../contract/status.ts";

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
