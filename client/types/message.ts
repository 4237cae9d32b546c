import type { ShownCall } from "./call.ts";
import type { Channel } from "./channel.ts";
import type { ProblemBody } from "./problem.ts";
import type { Status } from "./status.ts";

export type Message = {
  id: string;
  channelId: string;
  seq: number;
  author: { userId: string; name: string; kind: string };
  text: string;
  nonce?: string;
  createdAt: string;
  /** When it was last edited, and how often (MSG-6). */
  editedAt?: string;
  edits?: number;
  deleted?: boolean;
  pinned: boolean;
  reactions: Reaction[];
  /** The `seq` of the message whose thread it is in (MSG-8). */
  replyTo?: number;
  /** Of a thread's first message. */
  thread?: ThreadFigures;
  mentions?: { userIds: string[]; groupIds: string[]; channel: boolean };
  mailCard?: MailCard;
  call?: ShownCall;
  /** Of a message that records what happened in the channel (MSG-12). */
  system?: { kind: string; actorId: string; userIds?: string[]; text?: string };
};

/** MSG-9: how many used an emoji, and the first 50 of them. */
export type Reaction = { emoji: string; userIds: string[]; count: number };

export type ThreadFigures = { replies: number; lastReplyAt: string; userIds: string[] };

/** MSG-14: what of a mail an answer by chat shows. */
export type MailCard = { subject: string; sentAt: string; from: { name: string; email: string } };

export type NewMessage = { text: string; nonce?: string; replyTo?: number; mailCard?: MailCard };

/** MSG-10: somebody who was mentioned and is not in the channel; `mayAdd`: the author may add them. */
export type NotInChannel = { userId: string; name: string; handle: string; mayAdd: boolean };

/** A message as its author is answered. */
export type PostedMessage = Message & { notInChannel?: NotInChannel[] };

/** `changedSince` goes alone: what was edited, deleted, pinned or reacted to since then. */
export type MessageQuery = {
  limit?: number;
  cursor?: string;
  before?: number;
  after?: number;
  around?: number;
  changedSince?: string;
};

/** `historyDays` where the plan hides older ones (SEAT-7); `asOf` is the `changedSince` of the next question. */
export type MessagePage = {
  items: Message[];
  nextCursor: string | null;
  historyDays?: number;
  asOf?: string;
};

/** A former text of a message (MSG-6). */
export type FormerText = { text: string; at: string };

export type Reactor = { emoji: string; userId: string; at: string };

/** A thread: its first message, then the replies, ascending (MSG-8). */
export type Thread = { items: Message[]; nextCursor: string | null; following: boolean };

/** A thread that I follow; of its unread replies at most 100 are counted. */
export type FollowedThread = { channelId: string; root: Message; lastReplyAt: string; unread: number };

/** MSG-13: how a slash command is written, and whether the caller may use it here; else why not. */
export type Command = {
  name: string;
  usage: string;
  description: string;
  allowed: boolean;
  code: string;
  rule: string | null;
};

/** `utcOffsetMinutes`: by how much the author's clock is ahead, for the times in it. */
export type NewCommand = { text: string; nonce?: string; utcOffsetMinutes?: number };

/** What came of a command, told to its author alone (MSG-13); `text` says it in English. */
export type CommandAnswer = {
  command: string;
  text?: string;
  /** What was posted, by `/me` and `/msg`. */
  message?: Message;
  /** The conversation that `/msg` opened. */
  channel?: Channel;
  status?: Status;
  /** What became of each person whom `/invite` named. */
  results?: { handle: string; status: string }[];
};

export type SocketTicket = { ticket: string; url: string; expiresAt: string };

/** What followed a `seq` in one channel, `more` when that is not all; or why that channel is not told. */
export type Missed =
  | { messages: Message[]; more: boolean; changed?: Message[]; moreChanged?: boolean }
  | { problem: ProblemBody };

/** The reply to `resume`: per channel what was missed; `asOf` is the `since` of the next one. */
export type Resumed = { channels: Record<string, Missed>; asOf?: string };
