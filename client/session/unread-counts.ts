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
};

export type Marks = ReadonlyMap<string, number>;

const NOTHING: Counts = { lastSeq: 0, lastReadSeq: 0, unread: 0, mentions: 0 };

/** MSG-11: unread and mention counts, from the service's figures and what was heard since. */
export function createUnreadCounts() {
  const entries = new Map<string, Entry>();

  function entryOf(channelId: string): Entry {
    const known = entries.get(channelId);
    if (known !== undefined) return known;
    const entry = { lastSeq: 0, lastReadSeq: 0, counted: 0, countedTo: 0, heard: new Set<number>() };
    entries.set(channelId, entry);
    return entry;
  }

  function count(entry: Entry, mentions: number, countedTo: number): void {
    entry.counted = mentions;
    entry.countedTo = countedTo;
    entry.heard = new Set([...entry.heard].filter((seq) => seq > countedTo));
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
      const { lastSeq, lastReadSeq, counted, heard } = entry;
      const unread = Math.max(0, lastSeq - lastReadSeq);
      return { lastSeq, lastReadSeq, unread, mentions: counted + heard.size };
    },
    channelIds: () => [...entries.keys()],
    /** Before the service is asked for all of its figures: what they are to be held against. */
    marks: (): Marks => new Map([...entries].map(([channelId, { lastReadSeq }]) => [channelId, lastReadSeq])),
    /**
     * All of the service's figures: a channel that is not among them is none of mine any more. A mark that was not moved
     * since they were asked for, and is not on its way (`isOnItsWay`), is what the service says, be it that it refused it.
     */
    replace(list: readonly Unread[], before: Marks, isOnItsWay: (channelId: string) => boolean): void {
      const listed = new Set(list.map(({ channelId }) => channelId));
      for (const channelId of [...entries.keys()]) if (!listed.has(channelId)) entries.delete(channelId);
      for (const { channelId, lastSeq, lastReadSeq, mentions = 0 } of list) {
        const entry = entryOf(channelId);
        const isKnown = entry.lastReadSeq === (before.get(channelId) ?? 0) && !isOnItsWay(channelId);
        if (isKnown) entry.lastReadSeq = lastReadSeq;
        entry.lastSeq = Math.max(entry.lastSeq, lastSeq);
        if (lastReadSeq >= entry.lastReadSeq) count(entry, mentions, lastSeq);
        moveMark(entry, lastReadSeq);
      }
    },
    /** A message came; `mentionsMe` by name or as one of the channel. */
    posted({ channelId, seq }: Pick<Message, "channelId" | "seq">, mentionsMe: boolean): void {
      const entry = entryOf(channelId);
      entry.lastSeq = Math.max(entry.lastSeq, seq);
      if (mentionsMe && seq > entry.countedTo && seq > entry.lastReadSeq) entry.heard.add(seq);
    },
    /** A group's mention is known by its notification alone: whose groups I am in, the service knows. */
    notified({ channelId, seq, reason }: NotificationEvent): void {
      const entry = entryOf(channelId);
      const isNew = seq > entry.countedTo && seq > entry.lastReadSeq;
      entry.lastSeq = Math.max(entry.lastSeq, seq);
      if (reason === "mention" && isNew) entry.heard.add(seq);
    },
    /** Another device has read on; what it says of an earlier mark is out of date. */
    marked({ channelId, unread, mentions, lastReadSeq }: Omit<UnreadEvent, "type">): void {
      const entry = entryOf(channelId);
      if (lastReadSeq < entry.lastReadSeq) return;
      const countedTo = lastReadSeq + unread;
      entry.lastSeq = Math.max(entry.lastSeq, countedTo);
      if (countedTo >= entry.countedTo) count(entry, mentions, countedTo);
      moveMark(entry, lastReadSeq);
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
