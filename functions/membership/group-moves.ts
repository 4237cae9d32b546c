import { enterGroupWrites, quitGroupWrites } from "../table/group-people.ts";
import { countGroupWrite } from "../table/group-writes.ts";
import type { Group } from "../table/groups.ts";
import type { Table } from "../table/table.ts";
import { type GroupMove, joinChannelsWrites, leaveChannelsWrites } from "./group-channels.ts";

/**
 * The writes by which somebody who is not in it joins a group, and its channels with it (CH-8, CH-9), in one transaction
 * of 63 at most.
 */
export async function joinGroupWrites(
  table: Table,
  org: string,
  group: Group,
  userId: string,
  now: number,
): Promise<GroupMove> {
  const { writes, channelIds } = await joinChannelsWrites(table, org, group, userId, now);
  return {
    writes: [...enterGroupWrites(org, group.groupId, userId, now), countGroupWrite(org, group, 1), ...writes],
    channelIds,
  };
}

/** The writes by which somebody who is in it leaves a group, and its channels with it (CH-9), of 83 at most. */
export async function leaveGroupWrites(
  table: Table,
  org: string,
  group: Group,
  userId: string,
): Promise<GroupMove> {
  const { writes, channelIds } = await leaveChannelsWrites(table, org, group, userId, Date.now());
  return {
    writes: [...quitGroupWrites(org, group.groupId, userId), countGroupWrite(org, group, -1), ...writes],
    channelIds,
  };
}
