import type { ChangeEvent, Message, Reaction, ShownCall } from "../types.ts";

/** A message tells of the first users of an emoji, and how many there are (MSG-9). */
const NAMED_USERS = 50;

const CALL_ORDER = { ringing: 0, running: 1, ended: 2 } as const;

type ReactionEvent = Extract<ChangeEvent, { emoji: string }>;

function reacted(reactions: readonly Reaction[], { type, emoji, userId, count }: ReactionEvent): Reaction[] {
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  const others = known?.userIds.filter((id) => id !== userId) ?? [];
  const isNamed = type === "reaction.added" && others.length < NAMED_USERS;
  // As the service tells them.
  const userIds = isNamed ? [...others, userId].sort() : others;
  const reaction = { emoji, userIds, count };
  const rest = reactions.flatMap((one) => (one === known ? (count > 0 ? [reaction] : []) : [one]));
  return known === undefined && count > 0 ? [...rest, reaction] : rest;
}

/** MSG-6: the text and what comes of it; everything else has events of its own. */
function edited(message: Message, after: Message | undefined): Message {
  if (after === undefined || (after.edits ?? 0) < (message.edits ?? 0)) return message;
  const { text, editedAt, edits, mentions } = after;
  const { mentions: _, ...rest } = message;
  return {
    ...rest,
    text,
    ...(editedAt !== undefined && { editedAt }),
    ...(edits !== undefined && { edits }),
    ...(mentions !== undefined && { mentions }),
  };
}

/** MSG-6: what stays in the place of a deleted message. */
function deleted(message: Message): Message {
  const { id, channelId, seq, author, createdAt, replyTo } = message;
  const marker = { id, channelId, seq, author, text: "", createdAt, deleted: true, pinned: false };
  return { ...marker, reactions: [], ...(replyTo !== undefined && { replyTo }) };
}

function called(message: Message, call: ShownCall): Message {
  const known = message.call;
  return known !== undefined && CALL_ORDER[known.state] > CALL_ORDER[call.state]
    ? message
    : { ...message, call };
}

/**
 * A message after something happened to it. The same event twice changes nothing more; what comes too late is
 * recognised where it can be, and else put right by the next snapshot.
 */
export function applyChange(message: Message, event: ChangeEvent): Message {
  if (message.deleted === true) return message;
  switch (event.type) {
    case "message.edited":
      return edited(message, event.message);
    case "message.deleted":
      return deleted(message);
    case "message.pinned":
      return { ...message, pinned: true };
    case "message.unpinned":
      return { ...message, pinned: false };
    case "message.thread": {
      const isLater = event.thread.lastReplyAt >= (message.thread?.lastReplyAt ?? "");
      return isLater ? { ...message, thread: event.thread } : message;
    }
    case "reaction.added":
    case "reaction.removed":
      return { ...message, reactions: reacted(message.reactions, event) };
    case "call.ringing":
    case "call.started":
    case "call.updated":
    case "call.ended":
      return called(message, event.call);
  }
}

/** What is known of a message and what the service answers: the later one, as far as they tell (MSG-6). */
export function laterOf(known: Message | undefined, snapshot: Message): Message {
  if (known === undefined) return snapshot;
  if (snapshot.deleted === true) return snapshot;
  if (known.deleted === true || (known.edits ?? 0) > (snapshot.edits ?? 0)) return known;
  // The nonce is told to its author alone, and not in every answer.
  return known.nonce === undefined ? snapshot : { nonce: known.nonce, ...snapshot };
}
