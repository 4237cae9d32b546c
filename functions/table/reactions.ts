import { MAX_EMOJIS, MAX_NAMED_REACTORS } from "@vestibule/domain/reactions";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import { changedNow } from "./message-changes.ts";
import type { Message } from "./messages.ts";
import { isoTime } from "./table.ts";
import type { Write } from "./transaction.ts";

/** Somebody's use of an emoji, and when they came or went. */
export type Reaction = { readonly emoji: string; readonly userId: string; readonly now: number };

type Reactions = NonNullable<Message["reactions"]>;
type Entry = Reactions[string];

/** One more of an emoji; who it is, is named while there are few (MSG-9). */
export function withReaction(entry: Entry | undefined, { userId, now }: Reaction): Entry {
  if (entry === undefined) return { count: 1, userIds: new Set([userId]), since: isoTime(now) };
  const named = entry.userIds ?? new Set<string>();
  const count = entry.count + 1;
  return named.size < MAX_NAMED_REACTORS
    ? { ...entry, count, userIds: new Set([...named, userId]) }
    : { ...entry, count };
}

/** One less of an emoji; `undefined` if it was the last. */
export function withoutReaction(entry: Entry, { userId }: Reaction): Entry | undefined {
  const { userIds, since, count } = entry;
  if (count <= 1) return undefined;
  if (userIds?.has(userId) !== true) return { ...entry, count: count - 1 };
  const named = [...userIds].filter((id) => id !== userId);
  return { count: count - 1, since, ...(named.length === 0 ? {} : { userIds: new Set(named) }) };
}

/** A message's reactions with another entry of an emoji, or without it. */
export function reactionsWith({ reactions }: Message, emoji: string, entry: Entry | undefined): Reactions {
  const { [emoji]: _, ...others } = reactions ?? {};
  return entry === undefined ? others : { ...others, [emoji]: entry };
}

const AT = "#reactions.#emoji";

/** How the entry changes, on what condition; `remove` apart from `set`, since an expression has each of them once. */
type Step = {
  readonly set: readonly string[];
  readonly remove?: string;
  readonly condition: string;
  readonly names: Record<string, string>;
  readonly values: Record<string, unknown>;
};

function step(reactions: Reactions | undefined, emoji: string, after: Entry | undefined): Step {
  const names = { "#reactions": "reactions", "#emoji": emoji };
  const before = reactions?.[emoji];
  if (reactions === undefined) {
    return {
      set: ["#reactions = :reactions"],
      condition: "attribute_not_exists(#reactions)",
      names: { "#reactions": "reactions" },
      values: { ":reactions": after === undefined ? {} : { [emoji]: after } },
    };
  }
  if (before === undefined) {
    return {
      set: [`${AT} = :after`],
      condition: `attribute_not_exists(${AT}) AND size(#reactions) < :emojis`,
      names,
      values: { ":after": after, ":emojis": MAX_EMOJIS },
    };
  }
  const asRead = { condition: `${AT} = :before`, names };
  if (after === undefined) {
    return { set: [], remove: ` REMOVE ${AT}`, ...asRead, values: { ":before": before } };
  }
  if (before.userIds !== after.userIds) {
    return { set: [`${AT} = :after`], ...asRead, values: { ":before": before, ":after": after } };
  }
  // Nobody is named or unnamed: those beyond the first count up and down without getting into each other's way.
  return {
    set: [`${AT}.#count = ${AT}.#count + :more`],
    condition: `attribute_exists(${AT}) AND ${AT}.#count > :least`,
    names: { ...names, "#count": "count" },
    values: { ":more": after.count - before.count, ":least": 1 },
  };
}

/** Writes an emoji's entry on the message; the condition is that it stands as it was read (label `message`). */
export function reactionWrite(
  channel: ChannelKey,
  message: Message,
  { emoji, now, after }: { emoji: string; now: number; after: Entry | undefined },
): Write {
  const changed = changedNow(channel, message.seq, now);
  const { set, remove = "", condition, names, values } = step(message.reactions, emoji, after);
  return {
    label: "message",
    update: keys.message(channel.organizationId, channel.channelId, message.seq),
    expression: `SET ${[...set, changed.expression].join(", ")}${remove}`,
    condition: `attribute_exists(pk) AND attribute_not_exists(isDeleted) AND ${condition}`,
    names,
    values: { ...values, ...changed.values },
  };
}
