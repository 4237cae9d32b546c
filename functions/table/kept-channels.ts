import type { ChannelKey } from "./channel-heads.ts";
import { headcountWrite } from "./channels.ts";
import { keys } from "./keys.ts";
import { joinWrites, moveAsGuestWrites } from "./membership-writes.ts";
import { asMembership, type PersonChannel } from "./memberships.ts";
import type { Write } from "./transaction.ts";

/**
 * Makes a member's place in a channel a guest's (GINV-11), in the transaction that makes them a guest: four writes. In
 * General, where members have no line, they get one, with what they have set of it (CH-1, CH-11).
 */
export function keepAsGuestWrites(
  channel: ChannelKey,
  userId: string,
  row: PersonChannel | undefined,
  now: number,
): Write[] {
  const { organizationId: org, channelId } = channel;
  const membership = asMembership(row);
  if (membership === undefined) {
    return [
      ...joinWrites(channel, { userId, kind: "guest", role: "member", kept: row ?? {} }, now),
      headcountWrite(org, channelId, { guests: 1 }, { isOpen: true }),
    ];
  }
  // They were a guest before, and their line has not become a member's yet.
  if (membership.kind === "guest") {
    return [
      {
        label: `moves ${userId}`,
        check: keys.personChannel(org, userId, channelId),
        condition: "kind = :kind",
        values: { ":kind": membership.kind },
      },
    ];
  }
  return [
    ...moveAsGuestWrites(channel, userId, membership),
    headcountWrite(org, channelId, { members: -1, guests: 1 }, { isOpen: true }),
  ];
}
