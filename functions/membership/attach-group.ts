import type { AddStatus } from "@vestibule/domain/vocabulary";
import { lastSeqsOf } from "../table/channel-figures.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import { headcountWrite } from "../table/channels.ts";
import { attachedCheck } from "../table/group-attachments.ts";
import { inGroupCheck, listGroupPeople } from "../table/group-people.ts";
import { getGroup } from "../table/groups.ts";
import { addViaWrite, joinWrites } from "../table/membership-writes.ts";
import { getMembershipsOf } from "../table/memberships.ts";
import { getChannel } from "../table/read-channels.ts";
import type { Table } from "../table/table.ts";
import { MOST_PEOPLE } from "./take-out.ts";
import { goOn, type TimeLeft } from "./time-left.ts";
import { type Plan, writeAnew } from "./write-anew.ts";

/** A group and a channel that it is attached to. */
export type Attachment = { readonly org: string; readonly groupId: string; readonly channelId: string };

/** Told of each person as soon as they are in. */
export type OnStatus = (userId: string, status: AddStatus) => void;

/**
 * CH-9: brings a group's people into a channel that it is attached to, in transactions of 30. Begun again, it passes
 * over those who are in; if the group was detached, or channel or group deleted, nothing is left to do.
 */
export async function attachPeople(
  table: Table,
  attachment: Attachment,
  isTimeLeft: TimeLeft,
  onStatus: OnStatus = () => undefined,
): Promise<void> {
  const { org, channelId } = attachment;
  // One for all: whoever comes in a little after the first has what was said meanwhile as unread (MSG-11).
  const readTo = (await lastSeqsOf(table, org, [channelId])).get(channelId);
  let after: string | undefined;
  do {
    goOn(isTimeLeft);
    const brought = await writeAnew(table, async () => await plan(table, { ...attachment, readTo }, after));
    if (brought === undefined) return;
    for (const [userId, status] of brought.statuses) onStatus(userId, status);
    after = brought.after;
  } while (after !== undefined);
}

type Brought = { readonly statuses: Map<string, AddStatus>; readonly after: string | undefined };

/** The next 30 people, as they are in the group now: who has left it since is not among them. */
async function plan(
  table: Table,
  { org, groupId, channelId, readTo }: Attachment & { readTo: number | undefined },
  start: string | undefined,
): Promise<Plan<Brought | undefined>> {
  const key: ChannelKey = { organizationId: org, channelId };
  const { items, after } = await listGroupPeople(table, org, groupId, { limit: MOST_PEOPLE, after: start });
  const userIds = items.map(({ userId }) => userId);
  const [group, channel, rows] = await Promise.all([
    getGroup(table, org, groupId),
    getChannel(table, org, channelId),
    getMembershipsOf(table, key, userIds),
  ]);
  if (channel === undefined || group?.channelIds.includes(channelId) !== true)
    return { writes: [], result: undefined };
  const statuses = new Map<string, AddStatus>();
  for (const userId of userIds) statuses.set(userId, rows.has(userId) ? "already-member" : "added");
  const result: Brought = { statuses, after };
  const coming = userIds.filter((userId) => rows.get(userId)?.via?.has(groupId) !== true);
  if (coming.length === 0) return { writes: [], result };
  const now = Date.now();
  const joining = coming.filter((userId) => !rows.has(userId));
  const writes = [
    ...coming.flatMap((userId) => [
      inGroupCheck(org, groupId, userId),
      ...(rows.has(userId)
        ? [addViaWrite(key, userId, groupId)]
        : joinWrites(key, { userId, kind: "member", role: "member", via: groupId, readTo }, now)),
    ]),
    ...(joining.length === 0
      ? []
      : [headcountWrite(org, channelId, { members: joining.length }, { isOpen: false })]),
    attachedCheck(org, groupId, channelId),
  ];
  return { writes, result };
}
