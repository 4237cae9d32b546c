import { presentChannel } from "../contract/channel.ts";
import type { LiveEvent } from "../realtime/event-contract.ts";
import type { Notice } from "../realtime/notice.ts";
import type { Channel } from "../table/channels.ts";
import { ROSTER_RANKS, type RosterLine } from "../table/roster.ts";
import { isShownAlike, type Of } from "./shown-change.ts";

/** A channel without its figures, which change with everybody who comes, and without a viewer. */
function told(channel: Channel) {
  const figures = { lastSeq: 0, generalMembers: 0 };
  const shown = presentChannel(channel, figures, { relation: "none", row: undefined });
  const { memberCount: _members, guestCount: _guests, lastSeq: _last, me: _me, ...rest } = shown;
  return rest;
}

function changed(before: Channel, after: Channel): LiveEvent | undefined {
  const channel = told(after);
  if (isShownAlike(told(before), channel)) return undefined;
  const [wasArchived, isArchived] = [before.archivedAt !== undefined, after.archivedAt !== undefined];
  if (wasArchived === isArchived) return { type: "channel.updated", channel };
  return { type: isArchived ? "channel.archived" : "channel.restored", channel };
}

/** CH-5…7: told to those in the channel, and of a public one to all members, also when it ceases to be one. */
export function ofChannel({ organizationId, before, after }: Of<"channel">): Notice[] {
  const notice = (event: LiveEvent, { channelId, type }: Channel): Notice => ({
    organizationId,
    event,
    channel: { channelId, type },
  });
  if (after === undefined) {
    if (before === undefined) return [];
    return [notice({ type: "channel.deleted", channelId: before.channelId }, before)];
  }
  if (before === undefined) return [notice({ type: "channel.created", channel: told(after) }, after)];
  const event = changed(before, after);
  if (event === undefined) return [];
  if (before.type !== "public" || after.type === "public") return [notice(event, after)];
  const gone = { type: "channel.deleted", channelId: after.channelId } as const;
  return [notice(event, after), { ...notice(gone, before), isForOutsiders: true }];
}

function standingIn(channelId: string, userId: string, rank: RosterLine["rank"]) {
  const kind = rank === ROSTER_RANKS.guest ? ("guest" as const) : ("member" as const);
  const role = rank === ROSTER_RANKS.admin ? ("admin" as const) : ("member" as const);
  return { channelId, userId, kind, role };
}

/** CH-10: who comes into a channel, goes, or stands elsewhere in it; pending guests are nobody there yet. */
export function ofRoster({ organizationId, channelId, before, after }: Of<"roster">): Notice[] {
  const { userId, rank } = after ?? before ?? {};
  if (userId === undefined || rank === undefined || (before !== undefined && after !== undefined)) return [];
  const notice = { organizationId, channel: { channelId }, concerns: userId };
  if (after === undefined) {
    return [{ ...notice, onlyIfIn: false, event: { type: "channel.member.removed", channelId, userId } }];
  }
  const type = after.isMoved === true ? "channel.member.updated" : "channel.member.added";
  return [{ ...notice, onlyIfIn: true, event: { type, ...standingIn(channelId, userId, rank) } }];
}
