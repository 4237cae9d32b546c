import type { ChannelKey } from "./channel-heads.ts";
import { followWrite, haveFollowed } from "./follows.ts";
import { keys } from "./keys.ts";
import { mentionItem } from "./mentions.ts";
import { nonceHash } from "./message-nonces.ts";
import type { Message } from "./messages.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";
import { heldWide, moveWideWrites } from "./wide-mentions.ts";

/** A message as it was read, and whom it mentions from now on: nobody once it is deleted. */
type Move = { readonly before: Message; readonly after: Message["mentions"]; readonly now: number };

function callsMany(mentions: Message["mentions"]): boolean {
  return mentions !== undefined && (mentions.isChannel || mentions.groupIds.length > 0);
}

function named({ before, after }: Move) {
  const [was, is] = [before.mentions?.userIds ?? [], after?.userIds ?? []];
  const come = is.filter((userId) => !was.includes(userId) && userId !== before.authorId);
  return { come, gone: was.filter((userId) => !is.includes(userId)) };
}

/** Whom an edit names first in a reply follows its thread, as if the reply had named them from the start (MSG-8). */
async function followWrites(
  table: Table,
  channel: ChannelKey,
  { before: { seq, replyTo }, now }: Move,
  come: readonly string[],
): Promise<Write[]> {
  if (replyTo === undefined || come.length === 0) return [];
  const decided = await haveFollowed(table, channel, replyTo, come);
  return come
    .filter((userId) => !decided.has(userId))
    .map((userId) => followWrite(channel, { root: replyTo, userId, now, lastReadSeq: seq - 1 }));
}

async function wideWrites(table: Table, channel: ChannelKey, { before, after }: Move): Promise<Write[]> {
  if (!callsMany(before.mentions) && !callsMany(after)) return [];
  const { seq, authorId, nonce, messageId } = before;
  const hash = nonceHash(authorId, nonce ?? messageId, 0);
  return moveWideWrites(channel, { seq, hash, mentions: after, held: await heldWide(table, channel) });
}

/**
 * What belongs into the transaction that gives a message another text, or deletes it (MSG-6): whom it names from now on is
 * counted, and whom it names no more is not (MSG-11), be they named one by one or as many; at most 61 writes.
 */
export async function moveMentionsWrites(table: Table, channel: ChannelKey, move: Move): Promise<Write[]> {
  const { organizationId: org, channelId } = channel;
  const { before, now } = move;
  const { seq } = before;
  const { come, gone } = named(move);
  const [follows, wide] = await Promise.all([
    followWrites(table, channel, move, come),
    wideWrites(table, channel, move),
  ]);
  return [
    ...come.map((userId) => ({
      label: `mention ${userId}`,
      put: mentionItem(channel, { seq, userId, now }),
    })),
    ...gone.map((userId) => ({
      label: `mention ${userId}`,
      remove: keys.mention(org, userId, channelId, seq),
    })),
    ...follows,
    ...wide,
  ];
}
