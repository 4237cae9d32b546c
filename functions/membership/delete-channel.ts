import type { ChannelKey } from "../table/channel-heads.ts";
import { deletePartition } from "../table/delete-partition.ts";
import {
  changeAttachmentsWrite,
  listAttachedGroups,
  unlistAttachmentWrite,
} from "../table/group-attachments.ts";
import { getGroup } from "../table/groups.ts";
import { strikeOff } from "../table/intents.ts";
import { keys } from "../table/keys.ts";
import { leaveWrites } from "../table/membership-writes.ts";
import { getMembershipsOf } from "../table/memberships.ts";
import { getPerson } from "../table/person-records.ts";
import { listRoster, ROSTER_RANKS } from "../table/roster.ts";
import type { Table } from "../table/table.ts";
import { align } from "./align.ts";
import { forgetMessages } from "./forget-messages.ts";
import { guestLeaves } from "./guest-leaves.ts";
import { MOST_PEOPLE } from "./take-out.ts";
import { goOn, OutOfTime, type TimeLeft } from "./time-left.ts";
import { writeAnew } from "./write-anew.ts";

/** A channel whose description is gone already (CH-7). */
export type DeletedChannel = {
  readonly org: string;
  readonly channelId: string;
  readonly isTimeLeft: TimeLeft;
};

/**
 * CH-7: takes away what is left of a deleted channel: groups off it, people out of it, messages with all that belongs to them, and head. A guest
 * whose last channel it was leaves the organization (GINV-9).
 */
export async function forgetChannel(table: Table, deleted: DeletedChannel): Promise<void> {
  const { org, channelId, isTimeLeft } = deleted;
  await detachAll(table, deleted);
  await takeAllOut(table, deleted);
  await forgetMessages(table, keyOf(deleted), isTimeLeft);
  const partitions = [keys.roster(org, channelId), keys.channelPartition(org, channelId)];
  for (const partition of partitions) {
    if (!(await deletePartition(table, partition, isTimeLeft))) throw new OutOfTime();
  }
}

const keyOf = ({ org, channelId }: DeletedChannel): ChannelKey => ({ organizationId: org, channelId });

async function detachAll(table: Table, deleted: DeletedChannel): Promise<void> {
  const { org, channelId } = deleted;
  const page = { limit: 100, after: undefined };
  for (;;) {
    const { items } = await listAttachedGroups(table, keyOf(deleted), page);
    if (items.length === 0) return;
    for (const { groupId } of items) {
      goOn(deleted.isTimeLeft);
      await writeAnew(table, async () => {
        const group = await getGroup(table, org, groupId);
        const unlisted = unlistAttachmentWrite(org, groupId, channelId);
        if (group === undefined) return { writes: [unlisted], result: undefined };
        const without = (ids: readonly string[]) => ids.filter((id) => id !== channelId);
        const after = { channelIds: without(group.channelIds), detaching: without(group.detaching) };
        return { writes: [unlisted, changeAttachmentsWrite(org, group, after)], result: undefined };
      });
    }
  }
}

async function takeAllOut(table: Table, deleted: DeletedChannel): Promise<void> {
  const key = keyOf(deleted);
  for (const rank of [ROSTER_RANKS.admin, ROSTER_RANKS.member, ROSTER_RANKS.guest]) {
    for (;;) {
      goOn(deleted.isTimeLeft);
      const page = await listRoster(table, key, { limit: MOST_PEOPLE, after: undefined, rank });
      const userIds = page.items.flatMap(({ userId }) => userId ?? []);
      if (userIds.length === 0) break;
      if (rank === ROSTER_RANKS.guest)
        for (const userId of userIds) await takeGuestOut(table, deleted, userId);
      else await takeMembersOut(table, deleted, userIds, rank);
    }
  }
}

async function takeMembersOut(
  table: Table,
  deleted: DeletedChannel,
  userIds: readonly string[],
  rank: number,
): Promise<void> {
  const { org, channelId } = deleted;
  await writeAnew(table, async () => {
    const rows = await getMembershipsOf(table, keyOf(deleted), userIds);
    const writes = userIds.flatMap((userId) => {
      const membership = rows.get(userId);
      return membership === undefined
        ? [{ label: `line of ${userId}`, remove: keys.rosterEntry(org, channelId, rank, userId) }]
        : leaveWrites(keyOf(deleted), userId, membership);
    });
    return { writes, result: undefined };
  });
}

/** GINV-9: one guest in a transaction, since it may end them. */
async function takeGuestOut(table: Table, deleted: DeletedChannel, userId: string): Promise<void> {
  const { org, channelId } = deleted;
  const follows = await writeAnew(table, async () => {
    const [person, rows] = await Promise.all([
      getPerson(table, org, userId),
      getMembershipsOf(table, keyOf(deleted), [userId]),
    ]);
    const line = {
      label: `line of ${userId}`,
      remove: keys.rosterEntry(org, channelId, ROSTER_RANKS.guest, userId),
    };
    const membership = rows.get(userId);
    if (membership === undefined) return { writes: [line], result: [] };
    const out = leaveWrites(keyOf(deleted), userId, membership);
    if (person?.kind !== "guest") return { writes: out, result: [] };
    const origin = { actorId: "system", sourceIp: undefined, now: Date.now() };
    const gone = guestLeaves(person, { type: "private" }, "guest.left", origin);
    return { writes: [...out, ...gone.writes], result: gone.intents };
  });
  for (const intent of follows) {
    if (intent.facts.kind !== "align") continue;
    await align(table, { org, facts: intent.facts, isTimeLeft: deleted.isTimeLeft });
    await strikeOff(table, intent);
  }
}
