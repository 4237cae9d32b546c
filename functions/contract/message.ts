import { MESSAGE_MAX_CHARACTERS } from "@vestibule/domain/posting";
import * as z from "zod";
import { systemSchema } from "../table/intents.ts";
import { AUTHOR_KINDS, type Message } from "../table/messages.ts";
import { text } from "./fields.ts";

/** A new message as its author sends it; the domain judges the text (MSG-1), so that a refusal says which rule. */
export const newMessageFields = {
  text: z.string().meta({ minLength: 1, maxLength: MESSAGE_MAX_CHARACTERS }),
  nonce: text(1, 64),
};

export const messageShape = z.object({
  id: z.string(),
  channelId: z.string(),
  seq: z.number(),
  author: z.object({ userId: z.string(), name: z.string(), kind: z.enum(AUTHOR_KINDS) }),
  text: z.string(),
  nonce: z.string().optional(),
  createdAt: z.string(),
  deleted: z.boolean().optional(),
  /** What the system records (MSG-12): who did what, to whom, and the new text; `text` says it in English. */
  system: systemSchema.optional(),
  pinned: z.boolean(),
  reactions: z.array(z.object({ emoji: z.string(), userIds: z.array(z.string()) })),
});

export type MessageShape = z.infer<typeof messageShape>;

/** A message as the channel's readers see it; the nonce is shown to its author alone. */
export function presentMessage(channelId: string, message: Message, viewerId?: string): MessageShape {
  const { messageId, seq, authorId, authorName, authorKind, text: given, nonce, createdAt, system } = message;
  const isViewers = viewerId === authorId && authorKind !== "system";
  return {
    id: messageId,
    channelId,
    seq,
    author: { userId: authorId, name: authorName, kind: authorKind },
    text: given,
    ...(nonce !== undefined && isViewers ? { nonce } : {}),
    createdAt,
    ...(message.isDeleted === true ? { deleted: true } : {}),
    ...(system === undefined ? {} : { system }),
    pinned: message.pinnedAt !== undefined,
    reactions: [],
  };
}
