import { presentMessage } from "../contract/message.ts";
import type { LiveEvent } from "../realtime/event-contract.ts";
import type { Notice } from "../realtime/notice.ts";
import type { Message } from "../table/messages.ts";
import { ofCall } from "./call-notices.ts";
import { reactionEvents } from "./reaction-notices.ts";
import { isShownAlike, type Of } from "./shown-change.ts";

type Told = Required<Pick<Notice, "organizationId" | "channel">>;

function posted(told: Told, message: Message): Notice {
  const { channelId } = told.channel;
  const { seq, authorId, authorKind, nonce } = message;
  const type = "message.posted";
  const event = { type, channelId, seq, message: presentMessage(channelId, message) } as const;
  if (nonce === undefined || authorKind === "system") return { ...told, event };
  const own = { ...event, message: presentMessage(channelId, message, authorId) };
  return { ...told, event, personal: { userId: authorId, event: own } };
}

const NO_MENTIONS: NonNullable<Message["mentions"]> = { userIds: [], groupIds: [], isChannel: false };

/** PRS-4, MSG-10, CALL-2: somebody's message notifies, and so does a call that does not ring. */
function notification(told: Told, message: Message): Notice[] {
  const { call, authorKind, authorId, isDeleted, mentions = NO_MENTIONS, replyTo, seq } = message;
  const isQuiet = call === undefined ? authorKind === "system" : call.state !== "running";
  if (isQuiet || isDeleted === true) return [];
  const inCall = call?.participants.filter(({ state }) => state === "accepted") ?? [];
  return [
    {
      ...told,
      event: { type: "notification", channelId: told.channel.channelId, seq, reason: "message" },
      notable: {
        byUserIds: [authorId, ...inCall.map(({ userId }) => userId)],
        mentions,
        isCall: call !== undefined,
        ...(replyTo === undefined ? {} : { root: replyTo }),
      },
    },
  ];
}

/** MSG-6, MSG-10: an edit notifies those alone whom it mentions, and the message did not before. */
function mentionedAnew(told: Told, before: Message, after: Message): Notice[] {
  const [was, is] = [before.mentions ?? NO_MENTIONS, after.mentions ?? NO_MENTIONS];
  if (before.editedAt === after.editedAt || was.isChannel) return [];
  const mentions = {
    userIds: is.userIds.filter((userId) => !was.userIds.includes(userId)),
    groupIds: is.groupIds.filter((groupId) => !was.groupIds.includes(groupId)),
    isChannel: is.isChannel,
  };
  if (mentions.userIds.length === 0 && mentions.groupIds.length === 0 && !mentions.isChannel) return [];
  const { seq, authorId } = after;
  return [
    {
      ...told,
      event: { type: "notification", channelId: told.channel.channelId, seq, reason: "mention" },
      notable: {
        byUserIds: [authorId, ...was.userIds],
        mentions,
        isCall: false,
        isForMentioned: true,
      },
    },
  ];
}

/** What has become of a message that stands: several of these may be in one change. */
function changes(channelId: string, before: Message, after: Message): LiveEvent[] {
  const place = { channelId, seq: after.seq };
  const events: LiveEvent[] = [];
  if (after.editedAt !== undefined && before.editedAt !== after.editedAt) {
    events.push({ type: "message.edited", ...place, message: presentMessage(channelId, after) });
  }
  if (before.pinnedBy !== after.pinnedBy || before.pinnedAt !== after.pinnedAt) {
    const { pinnedBy } = after;
    events.push(
      pinnedBy === undefined
        ? { type: "message.unpinned", ...place }
        : { type: "message.pinned", ...place, pinnedBy },
    );
  }
  if (after.thread !== undefined) {
    const thread = { ...after.thread, userIds: [...(after.thread.userIds ?? [])] };
    const former = before.thread && { ...before.thread, userIds: [...(before.thread.userIds ?? [])] };
    if (!isShownAlike(former, thread)) events.push({ type: "message.thread", ...place, thread });
  }
  return [...events, ...reactionEvents(place, before, after)];
}

/** MSG-4, MSG-6…9, CALL-3: told to those in the channel. */
export function ofMessage({ organizationId, channelId, before, after }: Of<"message">): Notice[] {
  if (after === undefined) return [];
  const place = { channelId, seq: after.seq };
  const told: Told = { organizationId, channel: { channelId } };
  if (before === undefined) {
    return [posted(told, after), ...ofCall(told, place, undefined, after.call), ...notification(told, after)];
  }
  if (after.isDeleted === true) {
    return before.isDeleted === true ? [] : [{ ...told, event: { type: "message.deleted", ...place } }];
  }
  return [
    ...changes(channelId, before, after).map((event) => ({ ...told, event })),
    ...ofCall(told, place, before.call, after.call),
    ...mentionedAnew(told, before, after),
  ];
}
