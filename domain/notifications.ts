import type { NotificationLevel, NotificationReason } from "./vocabulary.ts";

/** PRS-4: of a channel people are notified when they are mentioned, of a conversation always, unless they say otherwise. */
export function defaultLevel(isConversation: boolean): NotificationLevel {
  return isConversation ? "all" : "mentions";
}

/** How somebody in a channel stands to a message there. */
export type NotificationFacts = {
  /** They wrote it, or did what it tells. */
  readonly isOwn: boolean;
  readonly isInDnd: boolean;
  readonly isMuted: boolean;
  readonly level: NotificationLevel;
  readonly isConversation: boolean;
  /** By name, by a group of theirs, or as everybody in the channel (MSG-10). */
  readonly isMentioned: boolean;
  /** It is a reply in a thread that they follow (MSG-8). */
  readonly isFollowed: boolean;
  readonly isCall: boolean;
};

/**
 * Why somebody is notified; `undefined` if they are not. DND silences everything and takes nothing away (PRS-4), a muted
 * channel is silent (CH-11), and a channel's call notifies whoever has not silenced the channel (CALL-2).
 */
export function reasonToNotify(facts: NotificationFacts): NotificationReason | undefined {
  const { isOwn, isInDnd, isMuted, level, isConversation, isMentioned, isFollowed, isCall } = facts;
  if (isOwn || isInDnd || isMuted || level === "none") return undefined;
  if (isCall) return "call";
  if (isMentioned) return "mention";
  if (isFollowed) return "thread";
  if (level === "mentions") return undefined;
  return isConversation ? "direct" : "message";
}

/** PRS-1, PRS-4: whether somebody is in DND; one that has an end is over by itself. */
export function isInDnd(dndUntil: number | undefined, now: number): boolean {
  return dndUntil !== undefined && now < dndUntil;
}
