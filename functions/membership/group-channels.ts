import { lastSeqsOf } from "../table/channel-figures.ts";
import { type ChannelKey, fenceWrite } from "../table/channel-heads.ts";
import { headcountWrite } from "../table/channels.ts";
import type { Group } from "../table/groups.ts";
import { keys } from "../table/keys.ts";
import { addViaWrite, dropViaWrite, joinWrites, leaveWrites } from "../table/membership-writes.ts";
import { asMembership, getPersonChannels, type Membership } from "../table/memberships.ts";
import { getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";
import type { Write } from "../table/transaction.ts";

/** What somebody's coming into a group, or going, does to its channels. */
export type GroupMove = { readonly writes: Write[]; readonly channelIds: string[] };

/** CH-9: whoever joins a group joins its channels; `channelIds` are those that they were not in. */
export async function joinChannelsWrites(
  table: Table,
  org: string,
  group: Group,
  userId: string,
  now: number,
): Promise<GroupMove> {
  const [channels, rows, lastSeqs] = await Promise.all([
    getChannels(table, org, group.channelIds),
    getPersonChannels(table, org, userId, group.channelIds),
    lastSeqsOf(table, org, group.channelIds),
  ]);
  const channelIds: string[] = [];
  const writes: Write[] = [];
  for (const channelId of group.channelIds) {
    // A channel that was deleted is on its way off the group's list.
    if (!channels.has(channelId)) continue;
    const channel: ChannelKey = { organizationId: org, channelId };
    const membership = asMembership(rows.get(channelId));
    if (membership !== undefined) {
      writes.push(addViaWrite(channel, userId, group.groupId));
      continue;
    }
    channelIds.push(channelId);
    const readTo = lastSeqs.get(channelId);
    writes.push(
      ...joinWrites(channel, { userId, kind: "member", role: "member", via: group.groupId, readTo }, now),
      headcountWrite(org, channelId, { members: 1 }, { isOpen: false }),
    );
  }
  return { writes, channelIds };
}

/** Whether somebody is in a channel for this group alone (CH-9). */
export function isOnlyThrough(membership: Membership, groupId: string): boolean {
  const others = [...(membership.via ?? [])].filter((via) => via !== groupId);
  return !membership.isDirect && others.length === 0;
}

/**
 * CH-9: whoever leaves a group leaves its channels, unless they are there for another reason, too; `channelIds` are
 * those that they left. Each channel of the group has its write, so that nobody is brought into one at the same time.
 */
export async function leaveChannelsWrites(
  table: Table,
  org: string,
  group: Pick<Group, "groupId" | "channelIds" | "detaching">,
  userId: string,
  now: number,
): Promise<GroupMove> {
  const { groupId } = group;
  const all = [...new Set([...group.channelIds, ...group.detaching])];
  const [channels, rows] = await Promise.all([
    getChannels(table, org, all),
    getPersonChannels(table, org, userId, all),
  ]);
  const channelIds: string[] = [];
  const writes = all.flatMap((channelId) => {
    const channel: ChannelKey = { organizationId: org, channelId };
    const membership = asMembership(rows.get(channelId));
    if (membership?.via?.has(groupId) !== true) return [notThroughCheck(channel, userId, groupId)];
    if (!isOnlyThrough(membership, groupId)) return [dropViaWrite(channel, userId, membership, groupId)];
    if (!channels.has(channelId)) return leaveWrites(channel, userId, membership);
    channelIds.push(channelId);
    const counted = membership.kind === "guest" ? { guests: -1 } : { members: -1 };
    return [
      ...leaveWrites(channel, userId, membership),
      headcountWrite(org, channelId, counted, { isOpen: false }),
      fenceWrite(channel, now),
    ];
  });
  return { writes, channelIds };
}

function notThroughCheck(
  { organizationId: org, channelId }: ChannelKey,
  userId: string,
  groupId: string,
): Write {
  return {
    label: `not through ${groupId}`,
    check: keys.personChannel(org, userId, channelId),
    condition: "attribute_not_exists(via) OR NOT contains(via, :group)",
    values: { ":group": groupId },
  };
}
