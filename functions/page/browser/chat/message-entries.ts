import type { Message } from "@vestibule/client/types";

/** What stands below each other in a conversation. */
export type Entry =
  | { kind: "day"; day: string }
  | { kind: "unread" }
  /** `isContinued`: of the same author a moment later, who is not named once more. */
  | { kind: "message"; message: Message; isContinued: boolean };

/** Within this an author's next message goes with the one before. */
const TOGETHER_MS = 5 * 60_000;

/** The day of a time where the reader is, as `2026-12-24`. */
export function dayIn(time: string): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function goesWith(message: Message, before: Message): boolean {
  const isPlain = [message, before].every(({ system, mailCard, call }) => !system && !mailCard && !call);
  return (
    isPlain &&
    message.author.userId === before.author.userId &&
    message.author.kind === before.author.kind &&
    message.replyTo === before.replyTo &&
    Date.parse(message.createdAt) - Date.parse(before.createdAt) < TOGETHER_MS
  );
}

type Reader = {
  me: string;
  /** What follows it was unread when the reader came; none for no such line. */
  readTo?: number | undefined;
};

/** Messages with a line per day, and one where what the reader had not read begins (MSG-11): never before their own. */
export function entriesOf(messages: readonly Message[], { me, readTo }: Reader): Entry[] {
  const entries: Entry[] = [];
  let before: Message | undefined;
  let isMarked = readTo === undefined;
  for (const message of messages) {
    const day = dayIn(message.createdAt);
    const isNewDay = before === undefined || dayIn(before.createdAt) !== day;
    const isFirstUnread = !isMarked && message.seq > (readTo ?? 0) && message.author.userId !== me;
    if (isNewDay) entries.push({ kind: "day", day });
    if (isFirstUnread) {
      isMarked = true;
      entries.push({ kind: "unread" });
    }
    const isContinued = before !== undefined && !isNewDay && !isFirstUnread && goesWith(message, before);
    entries.push({ kind: "message", message, isContinued });
    before = message;
  }
  return entries;
}
