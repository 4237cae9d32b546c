import type * as z from "zod";
import { relationOf } from "../membership/channel-relation.ts";
import { groupsAmong } from "../table/group-people.ts";
import type { Group } from "../table/groups.ts";
import { getPersonChannels } from "../table/memberships.ts";
import type { PersonRecord } from "../table/person-records.ts";
import { getChannels } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";
import type { groupShape } from "./groups-contract.ts";

/** Groups as a member sees them: of their channels, the public ones and those the member is in (CH-5). */
export async function showGroups(
  table: Table,
  viewer: PersonRecord,
  groups: readonly Group[],
): Promise<z.infer<typeof groupShape>[]> {
  const { organizationId: org, userId } = viewer;
  const channelIds = [...new Set(groups.flatMap((group) => group.channelIds))];
  const [channels, rows, mine] = await Promise.all([
    getChannels(table, org, channelIds),
    getPersonChannels(table, org, userId, channelIds),
    groupsAmong(
      table,
      org,
      userId,
      groups.map(({ groupId }) => groupId),
    ),
  ]);
  const isKnown = (channelId: string): boolean => {
    const channel = channels.get(channelId);
    if (channel === undefined) return false;
    return channel.type === "public" || relationOf(channel, viewer, rows.get(channelId)) !== "none";
  };
  return groups.map(({ groupId, name, isOpen, members, channelIds: attached, createdAt }) => ({
    id: groupId,
    name,
    open: isOpen,
    memberCount: members,
    channelIds: attached.filter(isKnown),
    createdAt,
    me: { member: mine.has(groupId) },
  }));
}

/** One group as a member sees it. */
export async function showGroup(table: Table, viewer: PersonRecord, group: Group) {
  const [shown] = await showGroups(table, viewer, [group]);
  return shown;
}
