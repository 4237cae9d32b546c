import * as z from "zod";
import type { ChannelKey } from "./channel-heads.ts";
import { keys } from "./keys.ts";
import type { Message } from "./messages.ts";
import {
  addReactionWrite,
  type Reaction,
  removeReactionWrite,
  withEntry,
  withoutReaction,
  withReaction,
} from "./reactions.ts";
import { getItem, type Page, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import { transact, type Write } from "./transaction.ts";

/**
 * Somebody's use of an emoji: `O#<org>#CHANNEL#<chn>#REACTORS` / `<seq>#<emoji>#<usr>`, once (MSG-9). `isNamed`: the message
 * named them when they came, so that its own change tells of them.
 */
export const reactorItem = z.object({
  sk: z.string(),
  emoji: z.string(),
  userId: z.string(),
  at: z.string(),
  isNamed: z.boolean(),
});

type Changed = { readonly writes: Write[]; readonly after: Message };

/** Adds a reaction that is not there: in the list of those who reacted, and on the message (labels `reactor`, `message`). */
export function reactWrites(channel: ChannelKey, message: Message, reaction: Reaction): Changed {
  const { organizationId: org, channelId } = channel;
  const { emoji, userId, now } = reaction;
  const entry = withReaction(message, reaction);
  const isNamed = entry.userIds.has(userId);
  const key = keys.reactor(org, channelId, message.seq, emoji, userId);
  return {
    writes: [
      addReactionWrite(channel, message, reaction),
      {
        label: "reactor",
        put: { ...key, emoji, userId, at: isoTime(now), isNamed },
        condition: "attribute_not_exists(pk)",
      },
    ],
    after: withEntry(message, emoji, entry),
  };
}

/** Takes a reaction back that is there; nothing where the message knows none of that emoji. */
export function unreactWrites(
  channel: ChannelKey,
  message: Message,
  reaction: Reaction,
): Changed | undefined {
  const { organizationId: org, channelId } = channel;
  const { emoji, userId } = reaction;
  const entry = message.reactions?.[emoji];
  if (entry === undefined) return undefined;
  const remove = keys.reactor(org, channelId, message.seq, emoji, userId);
  return {
    writes: [
      removeReactionWrite(channel, message, entry, reaction),
      { label: "reactor", remove, condition: "attribute_exists(pk)" },
    ],
    after: withEntry(message, emoji, withoutReaction(entry, reaction)),
  };
}

/** Whether somebody uses an emoji on a message already, read strongly. */
export async function hasReacted(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  seq: number,
  { emoji, userId }: Pick<Reaction, "emoji" | "userId">,
): Promise<boolean> {
  return (await getItem(table, keys.reactor(org, channelId, seq, emoji, userId), reactorItem)) !== undefined;
}

/** One page of those who reacted to a message, with one emoji or any, in the order of emoji and person. */
export async function listReactors(
  table: Table,
  { organizationId: org, channelId }: ChannelKey,
  { seq, emoji }: { seq: number; emoji?: string | undefined },
  page: { limit: number; after: string | undefined },
): Promise<Page<z.infer<typeof reactorItem>>> {
  const partition = keys.reactors(org, channelId);
  return await queryPage(table, { partition, prefix: keys.reactorPrefix(seq, emoji), ...page }, reactorItem);
}

const BATCH = 100;

/** Takes away who reacted to a message that is deleted already, so that nobody comes any more. */
export async function dropReactors(table: Table, channel: ChannelKey, seq: number): Promise<void> {
  const partition = keys.reactors(channel.organizationId, channel.channelId);
  for (;;) {
    const { items } = await listReactors(table, channel, { seq }, { limit: BATCH, after: undefined });
    if (items.length > 0) {
      await transact(
        table,
        items.map(({ sk }) => ({ label: "reactor", remove: { pk: partition, sk } })),
      );
    }
    if (items.length < BATCH) return;
  }
}
