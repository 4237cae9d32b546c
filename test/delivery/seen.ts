import type { Message } from "@vestibule/client/types";

/** An item of the table, as far as the checker reads it: by itself, and not by the schemas of what it checks. */
export type StoredItem = {
  pk: string;
  sk: string;
  seq?: number;
  kind?: string;
  userId?: string;
  lastReadSeq?: number;
  handle?: string;
  messageId?: string;
  authorId?: string;
  text?: string;
  nonce?: string;
  isDeleted?: boolean;
  edits?: number;
  pinnedAt?: string;
  replyTo?: number;
  thread?: { replies: number; lastReplyAt: string };
  reactions?: Record<string, { count: number; users?: Record<string, boolean> }>;
  mentions?: { userIds?: string[]; isChannel?: boolean };
  system?: { kind: string };
};

/** What a reader sees of a message, in a form that compares. */
export type Seen = {
  readonly seq: number;
  readonly id: string;
  readonly author: string;
  readonly text: string;
  readonly isDeleted: boolean;
  readonly edits: number;
  readonly isPinned: boolean;
  readonly replyTo: number | null;
  readonly thread: string;
  readonly reactions: string;
  readonly mentions: string;
  readonly system: string;
};

const reactionText = (emoji: string, count: number, userIds: readonly string[]) =>
  `${emoji} ${count} ${[...userIds].sort().join(" ")}`;

const mentionText = (userIds: readonly string[] = [], isChannel = false) =>
  `${[...userIds].sort().join(" ")}${isChannel ? " @channel" : ""}`;

/** As it is stored: a deleted one is a marker, whatever else is left in its item (MSG-6). */
export function seenInTable(item: StoredItem): Seen {
  const { sk, messageId = "", authorId = "", text = "", replyTo = null, system } = item;
  const isDeleted = item.isDeleted === true;
  const marker = { seq: Number(sk), id: messageId, author: authorId, isDeleted, replyTo };
  if (isDeleted) {
    return {
      ...marker,
      text: "",
      edits: 0,
      isPinned: false,
      thread: "",
      reactions: "",
      mentions: "",
      system: "",
    };
  }
  return {
    ...marker,
    text,
    edits: item.edits ?? 0,
    isPinned: item.pinnedAt !== undefined,
    thread: item.thread === undefined ? "" : `${item.thread.replies} ${item.thread.lastReplyAt}`,
    reactions: Object.entries(item.reactions ?? {})
      .filter(([, { count }]) => count > 0)
      .map(([emoji, { count, users = {} }]) => reactionText(emoji, count, Object.keys(users)))
      .sort()
      .join(", "),
    mentions: mentionText(item.mentions?.userIds, item.mentions?.isChannel),
    system: system?.kind ?? "",
  };
}

/** As a client shows it. */
export function seenInView(message: Message): Seen {
  const { seq, id, author, text, deleted = false, edits = 0, pinned, replyTo = null, thread } = message;
  return {
    seq,
    id,
    author: author.userId,
    text,
    isDeleted: deleted,
    edits,
    isPinned: pinned,
    replyTo,
    thread: thread === undefined ? "" : `${thread.replies} ${thread.lastReplyAt}`,
    reactions: message.reactions
      .map(({ emoji, count, userIds }) => reactionText(emoji, count, userIds))
      .sort()
      .join(", "),
    mentions: mentionText(message.mentions?.userIds, message.mentions?.channel),
    system: message.system?.kind ?? "",
  };
}

/** In which fields two of them differ, as text; empty: in none. */
export function difference(stored: Seen, shown: Seen): string {
  return Object.keys(stored)
    .flatMap((name) => {
      const field = name as keyof Seen;
      return stored[field] === shown[field]
        ? []
        : [`${field} is ${JSON.stringify(stored[field])}, shown ${JSON.stringify(shown[field])}`];
    })
    .join("; ");
}
