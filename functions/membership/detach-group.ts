import type { ChannelKey } from "../table/channel-heads.ts";
import { changeAttachmentsWrite, notAttachedCheck } from "../table/group-attachments.ts";
import { listGroupPeople } from "../table/group-people.ts";
import { getGroup } from "../table/groups.ts";
import { dropViaWrite, leaveWrites } from "../table/membership-writes.ts";
import { getMembershipsOf } from "../table/memberships.ts";
import { getChannel } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";
import type { Write } from "../table/transaction.ts";
import type { Attachment } from "./attach-group.ts";
import { isOnlyThrough } from "./group-channels.ts";
import { type TakenOut, takeOutWrites } from "./take-out.ts";
import { goOn, type TimeLeft } from "./time-left.ts";
import { type Plan, writeAnew } from "./write-anew.ts";

/** Leaving takes two writes each; with figures and fence it stays below DynamoDB's 100 items a transaction. */
const MOST_LEAVING = 45;

/**
 * CH-9: takes those who are in a channel through a group out of it, in transactions of 45; who is there for another
 * reason, too, stays. The group is off the channel's list already, so that nobody follows it any more.
 */
export async function detachPeople(
  table: Table,
  attachment: Attachment,
  isTimeLeft: TimeLeft,
): Promise<void> {
  const { org, groupId } = attachment;
  let after: string | undefined;
  do {
    goOn(isTimeLeft);
    const page = await listGroupPeople(table, org, groupId, { limit: MOST_LEAVING, after });
    const userIds = page.items.map(({ userId }) => userId);
    await writeAnew(table, async () => await plan(table, attachment, userIds));
    after = page.after;
  } while (after !== undefined);
}

/** Detaches a group from a channel to the end: its people are out, and the channel may be attached to it again. */
export async function finishDetaching(
  table: Table,
  attachment: Attachment,
  isTimeLeft: TimeLeft,
): Promise<void> {
  const { org, groupId, channelId } = attachment;
  await detachPeople(table, attachment, isTimeLeft);
  await writeAnew(table, async () => {
    const group = await getGroup(table, org, groupId);
    if (group?.detaching.includes(channelId) !== true) return { writes: [], result: undefined };
    const detaching = group.detaching.filter((id) => id !== channelId);
    const { channelIds } = group;
    return { writes: [changeAttachmentsWrite(org, group, { channelIds, detaching })], result: undefined };
  });
}

async function plan(
  table: Table,
  { org, groupId, channelId }: Attachment,
  userIds: readonly string[],
): Promise<Plan<void>> {
  const key: ChannelKey = { organizationId: org, channelId };
  const [group, channel, rows] = await Promise.all([
    getGroup(table, org, groupId),
    getChannel(table, org, channelId),
    getMembershipsOf(table, key, userIds),
  ]);
  // It was attached again since: those who are in are so by right.
  if (group?.channelIds.includes(channelId) === true) return { writes: [], result: undefined };
  const leaving: TakenOut[] = [];
  const staying: Write[] = [];
  for (const [userId, membership] of rows) {
    if (membership.via?.has(groupId) !== true) continue;
    if (isOnlyThrough(membership, groupId)) leaving.push({ userId, membership });
    else staying.push(dropViaWrite(key, userId, membership, groupId));
  }
  const out =
    channel === undefined
      ? leaving.flatMap(({ userId, membership }) => leaveWrites(key, userId, membership))
      : takeOutWrites(key, leaving, Date.now());
  if (staying.length + out.length === 0) return { writes: [], result: undefined };
  return { writes: [...staying, ...out, notAttachedCheck(org, groupId, channelId)], result: undefined };
}
