import type { Message, NotificationEvent, Unread, UnreadEvent } from "../types.ts";

/** What of a channel one has not read, as far as is known. */
export type Counts = { lastSeq: number; lastReadSeq: number; unread: number; mentions: number };

type Entry = {
  lastSeq: number;
  lastReadSeq: number;
  /** Mentions as the service counted them up to `countedTo`, and those heard of since. */
  counted: number;
  countedTo: number;
  heard: Set<number>;
  /** The service has told its figures: of a channel that was heard of only, nobody knows what was read of it. */
  isCounted: boolean;
};

export type Marks = ReadonlyMap<string, number>;

const NOTHING: Counts = { lastSeq: 0, lastReadSeq: 0, unread: 0, mentions: 0 };

/** MSG-11: unread and mention counts, from the service's figures and what was heard since. */
export function createUnreadCounts() {
  const entries = new Map<string, Entry>();

  function entryOf(channelId: string): Entry {
    const known = entries.get(channelId);
    if (known !== undefined) return known;
    const heard = new Set<number>();
    const entry = { lastSeq: 0, lastReadSeq: 0, counted: 0, countedTo: 0, heard, isCounted: false };
    entries.set(channelId, entry);
    return entry;
  }

  /**
   * @returns whether it cannot be all: what was counted and heard of before is more. A figure that was made while a
   * message came may know of the message, and not of whom it mentions.
   */
  function count(entry: Entry, mentions: number, countedTo: number): boolean {
    const heard = [...entry.heard].filter((seq) => seq <= countedTo).length;
    const isTooFew = heard > 0 && mentions < entry.counted + heard;
    entry.counted = mentions;
    entry.countedTo = countedTo;
    entry.isCounted = true;
    entry.heard = new Set([...entry.heard].filter((seq) => seq > countedTo));
    return isTooFew;
  }

  /** @returns whether it may be counted already, or not: the service is to be asked again. */
  function hear(entry: Entry, seq: number): boolean {
    if (seq <= entry.lastReadSeq) return false;
    if (seq <= entry.countedTo) return true;
    entry.heard.add(seq);
    return false;
  }

  /** A mark never moves back (CH-11). */
  function moveMark(entry: Entry, seq: number): void {
    entry.lastReadSeq = Math.max(entry.lastReadSeq, seq);
    entry.heard = new Set([...entry.heard].filter((heard) => heard > entry.lastReadSeq));
    if (entry.lastReadSeq >= entry.countedTo) entry.counted = 0;
  }

  return {
    of(channelId: string): Counts {
      const entry = entries.get(channelId);
      if (entry === undefined) return NOTHING;
      const { lastSeq, lastReadSeq, counted, heard, isCounted } = entry;
      // Until the service has told, what is surely unread: the mentions that were heard of.
      const unread = isCounted ? Math.max(0, lastSeq - lastReadSeq) : heard.size;
      return { lastSeq, lastReadSeq, unread, mentions: counted + heard.size };
    },
    channelIds: () => [...entries.keys()],
    /** Before the service is asked for all of its figures: what they are to be held against. */
    marks: (): Marks => new Map([...entries].map(([channelId, { lastReadSeq }]) => [channelId, lastReadSeq])),
    /**
     * All of the service's figures: a channel that is not among them is none of mine any more. A mark that was not moved
     * since they were asked for, and is not on its way (`isOnItsWay`), is what the service says, be it that it refused it.
     * @returns whether they are to be asked for again.
     */
    replace(list: readonly Unread[], before: Marks, isOnItsWay: (channelId: string) => boolean): boolean {
      let isDoubtful = false;
      const listed = new Set(list.map(({ channelId }) => channelId));
      for (const channelId of [...entries.keys()]) if (!listed.has(channelId)) entries.delete(channelId);
      for (const { channelId, lastSeq, lastReadSeq, mentions = 0 } of list) {
        const entry = entryOf(channelId);
        const isKnown = entry.lastReadSeq === (before.get(channelId) ?? 0) && !isOnItsWay(channelId);
        if (isKnown) entry.lastReadSeq = lastReadSeq;
        entry.lastSeq = Math.max(entry.lastSeq, lastSeq);
        if (lastReadSeq >= entry.lastReadSeq) {
          moveMark(entry, lastReadSeq);
          isDoubtful = count(entry, mentions, lastSeq) || isDoubtful;
        } else moveMark(entry, lastReadSeq);
      }
      return isDoubtful;
    },
    /**
     * A message came; `mentionsMe` by name or as one of the channel.
     * @returns whether all figures are to be asked for again.
     */
    posted({ channelId, seq }: Pick<Message, "channelId" | "seq">, mentionsMe: boolean): boolean {
      const entry = entryOf(channelId);
      entry.lastSeq = Math.max(entry.lastSeq, seq);
      return (mentionsMe && hear(entry, seq)) || !entry.isCounted;
    },
    /**
     * A group's mention is known by its notification alone: whose groups I am in, the service knows.
     * @returns whether all figures are to be asked for again.
     */
    notified({ channelId, seq, reason }: NotificationEvent): boolean {
      const entry = entryOf(channelId);
      entry.lastSeq = Math.max(entry.lastSeq, seq);
      return (reason === "mention" && hear(entry, seq)) || !entry.isCounted;
    },
    /**
     * Another device has read on; what it says of an earlier mark is out of date.
     * @returns whether all figures are to be asked for again.
     */
    marked({ channelId, unread, mentions, lastReadSeq }: Omit<UnreadEvent, "type">): boolean {
      const entry = entryOf(channelId);
      if (lastReadSeq < entry.lastReadSeq) return false;
      const countedTo = lastReadSeq + unread;
      entry.lastSeq = Math.max(entry.lastSeq, countedTo);
      moveMark(entry, lastReadSeq);
      return countedTo >= entry.countedTo && count(entry, mentions, countedTo);
    },
    /** Read here. */
    read(channelId: string, seq: number): void {
      moveMark(entryOf(channelId), seq);
    },
    remove(channelId: string): void {
      entries.delete(channelId);
    },
  };
}

export type UnreadCounts = ReturnType<typeof createUnreadCounts>;
