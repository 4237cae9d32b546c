/** How far a channel goes, how far somebody has read it, and the messages that mention them, in any order. */
export type ReadState = {
  readonly lastSeq: number;
  readonly lastReadSeq: number;
  readonly mentionedAt: Iterable<number>;
};

/**
 * MSG-11: what somebody has not read of a channel. A message that mentions them twice, or as one of many besides, is one
 * mention; one that never came (it would lie beyond the channel's end) is none.
 */
export function unreadOf({ lastSeq, lastReadSeq, mentionedAt }: ReadState): {
  unread: number;
  mentions: number;
} {
  const unread = [...new Set(mentionedAt)].filter((seq) => seq > lastReadSeq && seq <= lastSeq);
  return { unread: Math.max(0, lastSeq - lastReadSeq), mentions: unread.length };
}
