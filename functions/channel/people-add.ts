import { mayAddPeople, mayAttachGroup } from "@vestibule/domain/channels";
import type { AddStatus } from "@vestibule/domain/vocabulary";
import { type Addition, addPeople } from "../membership/add-people.ts";
import { attachToChannel } from "../membership/attach-to-channel.ts";
import { channelActor, loadChannelFacts } from "../membership/channel-relation.ts";
import { timeOf } from "../membership/time-left.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { getGroups } from "../table/groups.ts";
import type { Table } from "../table/table.ts";
import type { addChannelMembersRoute } from "./people-contract.ts";

/** What one request has for its transactions; the gateway waits 30 s. */
const WORK_MS = 24_000;

type Result = { userId: string; status: AddStatus; groupId?: string };

/** CH-8, CH-9: adds people and attaches groups; whether all of it is allowed and there is decided before anything is written. */
export async function addChannelPeople(
  table: Table,
  { params, person, body, sourceIp, now }: Request<typeof addChannelMembersRoute>,
): Promise<Answer> {
  const { org, chn: channelId } = params;
  const { userIds = [] } = body;
  const groupIds = [...new Set(body.groupIds)];
  const addition: Addition = { org, channelId, userId: person.userId, sourceIp, now };
  const isTimeLeft = timeOf(WORK_MS);
  await demandAll(table, addition, userIds.length > 0, groupIds);
  const statuses = await addPeople(table, addition, userIds, isTimeLeft);
  const results: Result[] = userIds.map((userId) => ({
    userId,
    status: statuses.get(userId) ?? "not-found",
  }));
  for (const groupId of groupIds) {
    const attached = await attachToChannel(table, addition, groupId, isTimeLeft);
    for (const [userId, status] of attached) results.push({ userId, status, groupId });
  }
  return { status: 200, body: { results, summary: countStatuses(results) } };
}

async function demandAll(
  table: Table,
  addition: Addition,
  hasPeople: boolean,
  groupIds: readonly string[],
): Promise<void> {
  const who = channelActor(await loadChannelFacts(table, addition));
  if (hasPeople) demand(mayAddPeople(who));
  if (groupIds.length === 0) return;
  demand(mayAttachGroup(who));
  const groups = await getGroups(table, addition.org, groupIds);
  const unknown = groupIds.find((groupId) => !groups.has(groupId));
  if (unknown !== undefined) throw notFound("group", { groupId: unknown });
}

function countStatuses(results: readonly Result[]): Partial<Record<AddStatus, number>> {
  const counts: Partial<Record<AddStatus, number>> = {};
  for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
