import type { ChannelKey } from "./channel-heads.ts";
import { headcountWrite } from "./channels.ts";
import { keys } from "./keys.ts";
import { joinWrites, type Membership, ROSTER_RANKS, rankOf } from "./memberships.ts";
import type { Write } from "./transaction.ts";

/**
 * Makes a member's place in a channel a guest's, who is there as a person and through no group (GINV-11), in the
 * transaction that makes them a guest. In General, where members have no row, they get one (CH-1).
 */
export function keepAsGuestWrites(
  channel: ChannelKey,
  userId: string,
  membership: Membership | undefined,
  now: number,
): Write[] {
  const { organizationId: org, channelId } = channel;
  if (membership === undefined) {
    return [
      ...joinWrites(channel, { userId, kind: "guest", role: "member" }, now),
      headcountWrite(org, channelId, { guests: 1 }, { isOpen: true }),
    ];
  }
  const row = { label: `keeps ${channelId}`, names: { "#role": "role" } };
  const condition = "#role = :role AND kind = :kind";
  const values = { ":role": membership.role, ":kind": membership.kind };
  // They were a guest before, and their lines have not become a member's yet.
  if (membership.kind === "guest")
    return [{ ...row, check: keys.personChannel(org, userId, channelId), condition, values }];
  return [
    {
      ...row,
      update: keys.personChannel(org, userId, channelId),
      expression: "SET #role = :member, kind = :guest, isDirect = :isDirect REMOVE via",
      condition,
      values: { ...values, ":member": "member", ":guest": "guest", ":isDirect": true },
    },
    {
      label: `former line in ${channelId}`,
      remove: keys.rosterEntry(org, channelId, rankOf(membership), userId),
    },
    {
      label: `line in ${channelId}`,
      put: {
        ...keys.rosterEntry(org, channelId, ROSTER_RANKS.guest, userId),
        userId,
        joinedAt: membership.joinedAt ?? "",
        isMoved: true,
      },
    },
    headcountWrite(org, channelId, { members: -1, guests: 1 }, { isOpen: true }),
  ];
}
