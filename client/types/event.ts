import type { ShownCall } from "./call.ts";
import type { Message, ThreadFigures } from "./message.ts";
import type { Status } from "./status.ts";

/** A live event as the wire may carry it: more types may come. */
export type VestibuleEvent = { type: string; [field: string]: unknown };

type Place = { channelId: string; seq: number };

/** A message that is new; without `message` where it is too large for a frame, and has to be fetched. */
export type PostedEvent = Place & { type: "message.posted"; message?: Message; tooLarge?: boolean };

/** What happened to a message after it was posted. */
export type ChangeEvent = Place &
  (
    | { type: "message.edited"; message?: Message; tooLarge?: boolean }
    | { type: "message.deleted" }
    | { type: "message.pinned"; pinnedBy: string }
    | { type: "message.unpinned" }
    | { type: "message.thread"; thread: ThreadFigures }
    | { type: "reaction.added" | "reaction.removed"; emoji: string; userId: string; count: number }
    | { type: "call.ringing" | "call.started" | "call.updated" | "call.ended"; call: ShownCall }
  );

/** Why one is to be told of a message (MSG-10, MSG-8, CALL-2). */
export type NotificationReason = "direct" | "mention" | "thread" | "message" | "call";

export type NotificationEvent = Place & { type: "notification"; reason: NotificationReason };

export type TypingEvent = { type: "typing"; channelId: string; userId: string; name: string };

/** One's own read mark, moved by another device. */
export type UnreadEvent = {
  type: "unread.changed";
  channelId: string;
  unread: number;
  mentions: number;
  lastReadSeq: number;
};

export type StatusEvent = { type: "status.changed"; statuses: Status[] };

type MembershipEvent = {
  type: "channel.member.added" | "channel.member.updated" | "channel.member.removed";
  channelId: string;
  userId: string;
};

/** The live events that a session acts upon. */
export type SessionEvent =
  | PostedEvent
  | ChangeEvent
  | NotificationEvent
  | TypingEvent
  | UnreadEvent
  | StatusEvent
  | MembershipEvent
  | { type: "channel.deleted"; channelId: string }
  | { type: "session.revoked" };
