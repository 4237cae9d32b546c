import type { Message, SessionEvent } from "../types.ts";
import type { ChannelSync } from "./channel-sync.ts";
import type { Environment } from "./environment.ts";
import type { TrackedChannel } from "./tracked-channel.ts";
import type { UnreadCounts } from "./unread-counts.ts";

export type EventDeps = {
  environment: Environment;
  me: () => string | undefined;
  channels: ReadonlyMap<string, TrackedChannel>;
  counts: UnreadCounts;
  sync: ChannelSync;
  /** The unread counts of all channels are to be read again. */
  recount: () => void;
  takeStatuses: (event: Extract<SessionEvent, { type: "status.changed" }>) => void;
  onRevoked: () => void;
};

function mentions(message: Message | undefined, userId: string | undefined): boolean {
  if (userId === undefined || message?.mentions === undefined || message.author.userId === userId)
    return false;
  return message.mentions.channel || message.mentions.userIds.includes(userId);
}

/** What a live event changes of what a session knows; of an unknown type, nothing. */
export function takeEvent(deps: EventDeps, event: SessionEvent): void {
  const { environment, me, channels, counts, sync } = deps;
  const channel = "channelId" in event ? channels.get(event.channelId) : undefined;
  switch (event.type) {
    case "message.posted":
      if (counts.posted(event, mentions(event.message, me()))) deps.recount();
      if (event.message !== undefined) channel?.typists.stop(event.message.author.userId);
      channel?.log.addPosted(event);
      if (channel?.log.isBehind() === true) sync.nudge(channel);
      break;
    case "message.edited":
    case "message.deleted":
    case "message.pinned":
    case "message.unpinned":
    case "message.thread":
    case "reaction.added":
    case "reaction.removed":
    case "call.ringing":
    case "call.started":
    case "call.updated":
    case "call.ended":
      if (channel === undefined) break;
      if (channel.log.change(event, environment.now()) === "missing") {
        if (channel.log.get(event.seq) === undefined) sync.nudge(channel);
        else sync.reread(channel, event.seq);
      }
      break;
    case "notification":
      if (counts.notified(event)) deps.recount();
      channel?.log.hear(event.seq);
      if (channel?.log.isBehind() === true) sync.nudge(channel);
      break;
    case "unread.changed":
      if (counts.marked(event)) deps.recount();
      break;
    case "typing":
      if (event.userId !== me()) channel?.typists.type(event);
      break;
    case "status.changed":
      deps.takeStatuses(event);
      break;
    case "channel.member.added":
    case "channel.member.updated":
    case "channel.member.removed":
      if (event.userId !== me()) break;
      deps.recount();
      if (channel !== undefined) sync.want(channel);
      break;
    case "channel.deleted":
      counts.remove(event.channelId);
      if (channel !== undefined) sync.want(channel);
      break;
    case "session.revoked":
      deps.onRevoked();
      break;
  }
  channel?.subscribers.tell();
}
