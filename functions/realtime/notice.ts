import type { ChannelType } from "@vestibule/domain/vocabulary";
import type { LiveEvent } from "./event-contract.ts";

/** What decides who is notified of a message, beside how each of them has set the channel (MSG-8, MSG-10, CALL-2). */
export type Notable = {
  /** Who did it: they know. */
  readonly byUserIds: readonly string[];
  readonly mentions: {
    readonly userIds: readonly string[];
    readonly groupIds: readonly string[];
    readonly isChannel: boolean;
  };
  /** The `seq` of the thread that it is a reply in. */
  readonly root?: number;
  readonly isCall: boolean;
  /** Of an edit, which notifies nobody else (MSG-6). */
  readonly isForMentioned?: boolean;
};

/** Something to tell. */
export type Notice = {
  readonly organizationId: string;
  readonly event: LiveEvent;
  /** How one of the recipients sees it. */
  readonly personal?: { readonly userId: string; readonly event: LiveEvent };
  /** The channel it is of; its type where those are told who may only see it (CH-5). */
  readonly channel?: { readonly channelId: string; readonly type?: ChannelType };
  /** The one whom it is about, who may just have been taken out of the channel. */
  readonly concerns?: string;
  /** Told only if, at delivery, the one concerned is in the channel, or is not: events may be late or repeated. */
  readonly onlyIfIn?: boolean;
  /** For those who saw a public channel without being in it, and see it no longer (CH-6). */
  readonly isForOutsiders?: boolean;
  /** Nobody in DND is told (PRS-4). */
  readonly isDisturbing?: boolean;
  /** A notification: whom it concerns, and why, is decided for each person at delivery (PRS-4). */
  readonly notable?: Notable;
};
