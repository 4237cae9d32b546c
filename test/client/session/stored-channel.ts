import type { ChangeEvent, Message, PostedEvent } from "@vestibule/client/types";

type Stored = { message: Message; changes: { at: number; before: Message }[]; changedAt?: number };

/** The index of changes may show a message as it was so long ago. */
const INDEX_LAG_MS = 1_500;

/** How far back a question for changes looks beyond what it asks for. */
const OVERLAP_MS = 60_000;

const iso = (at: number) => new Date(at).toISOString();

/** A channel as the service stores it, and the events that its changes make: the truth that views are held against. */
export function createStoredChannel(channelId: string, now: () => number) {
  const stored = new Map<number, Stored>();
  const byNonce = new Map<string, Message>();
  const written: { seq: number; text: string }[] = [];
  /** Messages that are on their way to their place: what follows them is not told yet (MSG-2). */
  const held = new Set<number>();
  const marks = new Map<string, number>();
  let head = 0;

  function must(seq: number): Stored {
    const one = stored.get(seq);
    if (one === undefined) throw new Error(`No message ${seq}`);
    return one;
  }

  function change(seq: number, changed: Partial<Message>): Message {
    const one = must(seq);
    one.changes.push({ at: now(), before: one.message });
    one.changedAt = now();
    one.message = { ...one.message, ...changed };
    return one.message;
  }

  /** As the index shows it, which lags behind. */
  function lagging({ message, changes }: Stored): Message {
    return changes.find(({ at }) => at > now() - INDEX_LAG_MS)?.before ?? message;
  }

  return {
    id: channelId,
    head: () => head,
    /** What was posted, as it was then. */
    written,
    held,
    marks,
    get: (seq: number) => stored.get(seq)?.message,
    exists: (seq: number) => stored.get(seq)?.message.deleted !== true && stored.has(seq),
    all: (): Message[] => [...stored.values()].map(({ message }) => message),
    post(
      userId: string,
      text: string,
      nonce: string,
      replyTo?: number,
    ): { message: Message; isNew: boolean } {
      const known = byNonce.get(`${userId} ${nonce}`);
      if (known !== undefined) return { message: must(known.seq).message, isNew: false };
      head += 1;
      const message: Message = {
        id: `msg_${channelId}_${head}`,
        channelId,
        seq: head,
        author: { userId, name: userId, kind: "member" },
        text,
        createdAt: iso(now()),
        pinned: false,
        reactions: [],
        ...(replyTo !== undefined && { replyTo }),
      };
      stored.set(head, { message, changes: [] });
      written.push({ seq: head, text });
      byNonce.set(`${userId} ${nonce}`, message);
      return { message, isNew: true };
    },
    edit(seq: number, text: string): ChangeEvent {
      const message = change(seq, { text, edits: (must(seq).message.edits ?? 0) + 1, editedAt: iso(now()) });
      return { type: "message.edited", channelId, seq, message };
    },
    remove(seq: number): ChangeEvent {
      const { id, author, createdAt, replyTo } = must(seq).message;
      const one = must(seq);
      const marker = { id, channelId, seq, author, createdAt, text: "", deleted: true, pinned: false };
      one.changes.push({ at: now(), before: one.message });
      one.changedAt = now();
      one.message = { ...marker, reactions: [], ...(replyTo !== undefined && { replyTo }) };
      return { type: "message.deleted", channelId, seq };
    },
    pin(seq: number, pinned: boolean): ChangeEvent {
      change(seq, { pinned });
      return pinned
        ? { type: "message.pinned", channelId, seq, pinnedBy: "usr_2" }
        : { type: "message.unpinned", channelId, seq };
    },
    react(seq: number, emoji: string, userId: string, isAdded: boolean): ChangeEvent {
      const { reactions } = must(seq).message;
      const known = reactions.find((one) => one.emoji === emoji)?.userIds ?? [];
      const others = known.filter((id) => id !== userId);
      const userIds = isAdded ? [...others, userId] : others;
      const reaction = { emoji, userIds, count: userIds.length };
      const isThere = reactions.some((one) => one.emoji === emoji);
      const all = isThere
        ? reactions.map((one) => (one.emoji === emoji ? reaction : one))
        : [...reactions, reaction];
      change(seq, { reactions: all.filter(({ count }) => count > 0) });
      const type = isAdded ? "reaction.added" : "reaction.removed";
      return { type, channelId, seq, emoji, userId, count: reaction.count };
    },
    /** The root's figures after a reply. */
    countReply(root: number, userId: string): ChangeEvent {
      const { thread } = must(root).message;
      const figures = {
        replies: (thread?.replies ?? 0) + 1,
        lastReplyAt: iso(now()),
        userIds: [...new Set([...(thread?.userIds ?? []), userId])].slice(0, 5),
      };
      change(root, { thread: figures });
      return { type: "message.thread", channelId, seq: root, thread: figures };
    },
    postedEvent: (message: Message): PostedEvent => ({
      type: "message.posted",
      channelId,
      seq: message.seq,
      message,
    }),
    page(query: { before?: number; limit?: number } = {}) {
      const { before = head + 1, limit = 50 } = query;
      const below = [...stored.keys()].filter((seq) => seq < before).sort((one, other) => other - one);
      const items = below.slice(0, limit).map((seq) => must(seq).message);
      return { items, nextCursor: below.length > limit ? "more" : null };
    },
    /** What was changed since, oldest change first; the cursor is where the next page begins. */
    changedPage({
      changedSince = "",
      limit = 50,
      cursor = "0",
    }: {
      changedSince?: string;
      limit?: number;
      cursor?: string;
    }) {
      const from = Date.parse(changedSince) - OVERLAP_MS;
      const changed = [...stored.values()]
        .filter(({ changedAt = 0 }) => changedAt >= from)
        .sort((one, other) => (one.changedAt ?? 0) - (other.changedAt ?? 0));
      const start = Number(cursor);
      const nextCursor = changed.length > start + limit ? String(start + limit) : null;
      return { items: changed.slice(start, start + limit).map(lagging), nextCursor };
    },
    missed(after: number, since: string | undefined, most = 200) {
      const end = Math.min(...held, head + 1);
      const following = [...stored.keys()]
        .filter((seq) => seq > after && seq < end)
        .sort((one, other) => one - other);
      const from = since === undefined ? Number.POSITIVE_INFINITY : Date.parse(since) - OVERLAP_MS;
      const changed = [...stored.values()].filter(({ changedAt = 0 }) => changedAt >= from);
      return {
        messages: following.slice(0, most).map((seq) => must(seq).message),
        more: following.length > most,
        ...(since !== undefined && {
          changed: changed.slice(0, most).map(lagging),
          moreChanged: changed.length > most,
        }),
      };
    },
  };
}

export type StoredChannel = ReturnType<typeof createStoredChannel>;
