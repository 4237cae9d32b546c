import { MAX_EMOJIS, MAX_NAMED_REACTORS, namesOneMore } from "@vestibule/domain/reactions";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import { changedNow } from "./message-changes.ts";
import type { Message } from "./messages.ts";
import { isoTime } from "./table.ts";
import type { Write } from "./transaction.ts";

/** Somebody's use of an emoji, and when they came or went. */
export type Reaction = { readonly emoji: string; readonly userId: string; readonly now: number };

type Entry = NonNullable<Message["reactions"]>[string];

/** Whether a message names who uses an emoji now: while there are few of them (MSG-9). */
function isToBeNamed({ reactions = {} }: Message, emoji: string): boolean {
  const inAll = Object.values(reactions).reduce((sum, { userIds }) => sum + userIds.size, 0);
  return namesOneMore({ ofEmoji: reactions[emoji]?.userIds.size ?? 0, inAll });
}

/** The entry of an emoji on a message with one more who uses it. */
export function withReaction(message: Message, reaction: Reaction): Entry {
  const { emoji, userId, now } = reaction;
  const { count, since, userIds } = message.reactions?.[emoji] ?? {
    count: 0,
    since: isoTime(now),
    userIds: new Set<string>(),
  };
  const named = isToBeNamed(message, emoji) ? new Set([...userIds, userId]) : userIds;
  return { count: count + 1, since, userIds: named };
}

/** One less of an emoji; `undefined` if it was the last. */
export function withoutReaction(entry: Entry, { userId }: Reaction): Entry | undefined {
  const userIds = new Set([...entry.userIds].filter((id) => id !== userId));
  return entry.count > 1 ? { ...entry, count: entry.count - 1, userIds } : undefined;
}

/** A message with another entry of an emoji, or without it. */
export function withEntry(message: Message, emoji: string, entry: Entry | undefined): Message {
  const { [emoji]: _, ...others } = message.reactions ?? {};
  return { ...message, reactions: entry === undefined ? others : { ...others, [emoji]: entry } };
}

/** What is set and removed, on what condition, beside the names and values that all steps have. */
type Step = {
  readonly set?: string;
  readonly remove?: string;
  readonly condition: string;
  readonly names?: Record<string, string>;
  readonly values: Record<string, unknown>;
};

const REACTIONS = { "#reactions": "reactions" };
const ENTRY = "#reactions.#emoji";
const COUNT = `${ENTRY}.#count`;
const USER = `${ENTRY}.#users.#user`;

/** The first of its emoji: an entry that was not there. */
function newEntry(message: Message, { emoji, userId, now }: Reaction): Step {
  const users = isToBeNamed(message, emoji) ? { [userId]: true } : {};
  const entry = { count: 1, users, since: isoTime(now) };
  if (message.reactions === undefined) {
    return {
      set: "#reactions = :reactions",
      condition: "attribute_not_exists(#reactions)",
      values: { ":reactions": { [emoji]: entry } },
    };
  }
  return {
    set: `${ENTRY} = :entry`,
    condition: `attribute_not_exists(${ENTRY}) AND size(#reactions) < :emojis`,
    names: { "#emoji": emoji },
    values: { ":entry": entry, ":emojis": MAX_EMOJIS },
  };
}

/** Counts one more: whoever else comes or goes at the same time does so, too. */
function oneMore(message: Message, { emoji, userId }: Reaction): Step {
  const names = { "#emoji": emoji, "#count": "count" };
  const counted = `${COUNT} = ${COUNT} + :one`;
  if (!isToBeNamed(message, emoji)) {
    return { set: counted, condition: `attribute_exists(${ENTRY})`, names, values: { ":one": 1 } };
  }
  return {
    set: `${counted}, ${USER} = :yes`,
    condition: `attribute_not_exists(${USER}) AND size(${ENTRY}.#users) < :named`,
    names: { ...names, "#users": "users", "#user": userId },
    values: { ":one": 1, ":yes": true, ":named": MAX_NAMED_REACTORS },
  };
}

/** Counts one less; the last one takes the emoji along. */
function oneLess(entry: Entry, { emoji, userId }: Reaction): Step {
  const names = { "#emoji": emoji, "#count": "count" };
  const values = { ":one": 1 };
  if (entry.count <= 1) return { remove: ENTRY, condition: `${COUNT} = :one`, names, values };
  const isNamed = entry.userIds.has(userId);
  return {
    set: `${COUNT} = ${COUNT} - :one`,
    ...(isNamed ? { remove: USER } : {}),
    condition: `${COUNT} > :one${isNamed ? ` AND attribute_exists(${USER})` : ""}`,
    names: isNamed ? { ...names, "#users": "users", "#user": userId } : names,
    values,
  };
}

function onMessage(channel: ChannelKey, { seq }: Message, now: number, step: Step): Write {
  const changed = changedNow(channel, seq, now);
  const { set, remove, condition, names, values } = step;
  return {
    label: "message",
    update: keys.message(channel.organizationId, channel.channelId, seq),
    expression: `SET ${set === undefined ? "" : `${set}, `}${changed.expression}${remove === undefined ? "" : ` REMOVE ${remove}`}`,
    condition: `attribute_exists(pk) AND attribute_not_exists(isDeleted) AND ${condition}`,
    names: { ...REACTIONS, ...names },
    values: { ...values, ...changed.values },
  };
}

/** Adds a reaction to those of its message (label `message`). */
export function addReactionWrite(channel: ChannelKey, message: Message, reaction: Reaction): Write {
  const isFirst = message.reactions?.[reaction.emoji] === undefined;
  const step = isFirst ? newEntry(message, reaction) : oneMore(message, reaction);
  return onMessage(channel, message, reaction.now, step);
}

/** Takes a reaction off its message (label `message`). */
export function removeReactionWrite(
  channel: ChannelKey,
  message: Message,
  entry: Entry,
  reaction: Reaction,
): Write {
  return onMessage(channel, message, reaction.now, oneLess(entry, reaction));
}
