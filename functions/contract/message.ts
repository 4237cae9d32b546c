import { MESSAGE_MAX_CHARACTERS } from "@vestibule/domain/posting";
import * as z from "zod";
import { systemSchema } from "../table/intents.ts";
import { AUTHOR_KINDS, type Message, mailCardSchema, shownCallSchema } from "../table/messages.ts";
import { callAt } from "./call-now.ts";
import { text } from "./fields.ts";

/** A new message as its author sends it; the domain judges the text (MSG-1), so that a refusal says which rule. */
export const newMessageFields = {
  text: z.string().meta({ minLength: 1, maxLength: MESSAGE_MAX_CHARACTERS }),
  nonce: text(1, 64),
  /** MSG-8: any message of the thread. */
  replyTo: z.number().int().min(1).max(999_999_999_999).optional(),
  /** MSG-14. */
  mailCard: z
    .strictObject({
      subject: text(0, 998),
      sentAt: z.iso.datetime({ offset: true }),
      from: z.strictObject({ name: text(0, 320), email: text(3, 320) }),
    })
    .optional(),
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
  /** The first of each emoji's users, 50 at most and 500 in all, and how many there are (MSG-9). */
  reactions: z.array(z.object({ emoji: z.string(), userIds: z.array(z.string()), count: z.number() })),
  editedAt: z.string().optional(),
  edits: z.number().optional(),
  replyTo: z.number().optional(),
  thread: z.object({ replies: z.number(), lastReplyAt: z.string(), userIds: z.array(z.string()) }).optional(),
  mentions: z
    .object({ userIds: z.array(z.string()), groupIds: z.array(z.string()), channel: z.boolean() })
    .optional(),
  mailCard: mailCardSchema.optional(),
  call: shownCallSchema.optional(),
});

export type MessageShape = z.infer<typeof messageShape>;

/** Somebody whom the author mentioned, and who is not told of it (MSG-10). */
export const notInChannelShape = z.object({
  userId: z.string(),
  name: z.string(),
  handle: z.string(),
  /** The author may add them to the channel. */
  mayAdd: z.boolean(),
});

export type NotInChannel = z.infer<typeof notInChannelShape>;

/** What the author of a message is answered. */
export const postedShape = messageShape.extend({ notInChannel: z.array(notInChannelShape).optional() });

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
    reactions: presentReactions(message),
    ...(message.isDeleted === true ? {} : presentExtras(message)),
    ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo }),
  };
}

/** Sets and maps of the table have no order of their own: two answers are to be the same. */
const inOrder = (userIds: Iterable<string> = []): string[] => [...userIds].sort();

/** In the order in which the emojis were first used (MSG-9). */
function presentReactions({ reactions = {} }: Message): MessageShape["reactions"] {
  return Object.entries(reactions)
    .filter(([, { count }]) => count > 0)
    .sort(([, one], [, other]) => (one.since < other.since ? -1 : 1))
    .map(([emoji, { count, userIds }]) => ({ emoji, count, userIds: inOrder(userIds) }));
}

/** What most messages do not have; a call as it stands now: it rings for a minute, whoever writes that down (CALL-2). */
function presentExtras({ editedAt, edits, thread, mentions, mailCard, call }: Message) {
  return {
    ...(editedAt === undefined ? {} : { editedAt, edits }),
    ...(thread === undefined ? {} : { thread: { ...thread, userIds: inOrder(thread.userIds) } }),
    ...(mentions === undefined
      ? {}
      : {
          mentions: {
            userIds: mentions.userIds,
            groupIds: mentions.groupIds,
            channel: mentions.isChannel,
          },
        }),
    ...(mailCard === undefined ? {} : { mailCard }),
    ...(call === undefined ? {} : { call: callAt(call, Date.now()) }),
  };
}
