import { isConversation, permit } from "@vestibule/domain/permissions";
import { relationOf } from "../membership/channel-relation.ts";
import { inParallel } from "../realtime/in-parallel.ts";
import type { Actor } from "../shell/standing.ts";
import type { Channel } from "../table/channels.ts";
import type { Guest } from "../table/guests.ts";
import { getPersonChannels, membershipsIn } from "../table/memberships.ts";
import { getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";

const AT_ONCE = 10;

/** The channels that each guest is in, by guest. */
async function channelsHeld(
  table: Table,
  org: string,
  guests: readonly Guest[],
): Promise<Map<string, string[]>> {
  const held = new Map<string, string[]>();
  await inParallel(guests, AT_ONCE, async ({ userId }) => {
    const rows = await membershipsIn(table, org, userId);
    held.set(
      userId,
      rows.filter(({ kind }) => kind === "guest").map(({ channelId }) => channelId),
    );
  });
  return held;
}

/**
 * The channels of guests as somebody may know of them, by guest: no conversation, which is its people's own, and no
 * private channel that the viewer is not in (CH-5).
 */
export async function shownChannels(
  table: Table,
  org: string,
  viewer: Actor,
  guests: readonly Guest[],
): Promise<Map<string, string[]>> {
  const held = await channelsHeld(table, org, guests);
  const channels = await getChannels(table, org, [...held.values()].flat());
  const mine = await getPersonChannels(table, org, viewer.person.userId, [...channels.keys()]);
  const isShown = (channel: Channel | undefined): boolean => {
    if (channel === undefined || isConversation(channel.type)) return false;
    const relation = relationOf(channel, viewer.person, mine.get(channel.channelId));
    const facts = { standing: viewer.standing, relation, channelType: channel.type };
    return permit("channel.read", facts).allowed;
  };
  return new Map([...held].map(([userId, ids]) => [userId, ids.filter((id) => isShown(channels.get(id)))]));
}
