/**
 * How far a channel goes, how far somebody has read it, and the messages that mention them, in any order. `goneTo`: up to
 * there the plan shows nobody anything any more, be it hidden or deleted (SEAT-7).
 */
export type ReadState = {
  readonly lastSeq: number;
  readonly lastReadSeq: number;
  readonly goneTo: number;
  readonly mentionedAt: Iterable<number>;
};

/** SEAT-7, MSG-11: how far a channel is read, or can be read no more: what follows is what is unread. */
export function readTo({ lastSeq, lastReadSeq, goneTo }: Omit<ReadState, "mentionedAt">): number {
  return Math.max(lastReadSeq, Math.min(goneTo, lastSeq));
}

/**
 * MSG-11: what somebody has not read of a channel, after `lastReadSeq`. A message that mentions them twice, or as one of
 * many besides, is one mention; one that never came (it would lie beyond the channel's end) is none, and neither is one
 * that nobody can read any more.
 */
export function unreadOf(state: ReadState): { unread: number; mentions: number; lastReadSeq: number } {
  const { lastSeq, mentionedAt } = state;
  const lastReadSeq = readTo(state);
  const unread = [...new Set(mentionedAt)].filter((seq) => seq > lastReadSeq && seq <= lastSeq);
  return { unread: Math.max(0, lastSeq - lastReadSeq), mentions: unread.length, lastReadSeq };
}
