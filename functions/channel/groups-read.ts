import { permit } from "@vestibule/domain/permissions";
import { demandInChannel, keyOf } from "../membership/channel-relation.ts";
import { cursorOf, readCursor } from "../shell/cursor.ts";
import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { actorWho, demand } from "../shell/standing.ts";
import { listAttachedGroups } from "../table/group-attachments.ts";
import { listGroupPeople } from "../table/group-people.ts";
import { getGroup, getGroups, listGroups } from "../table/groups.ts";
import type { Member } from "../table/members.ts";
import { getPeople } from "../table/person-records.ts";
import type { Table } from "../table/table.ts";
import type {
  getGroupRoute,
  listChannelGroupsRoute,
  listGroupMembersRoute,
  listGroupsRoute,
} from "./groups-contract.ts";
import { showGroup, showGroups } from "./groups-show.ts";

/** DIR-3: the organization's groups, to its members. */
export async function readGroups(
  table: Table,
  { params, person, query, now }: Request<typeof listGroupsRoute>,
): Promise<Answer> {
  const { org } = params;
  const viewer = await actorWho(table, { org, userId: person.userId, now }, "group.list");
  const scope = ["groups", org];
  const page = await listGroups(table, org, {
    limit: query.limit,
    after: readCursor(scope, query.cursor),
  });
  const items = await showGroups(table, viewer.person, page.items);
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}

/** DIR-3: one group, to the organization's members. */
export async function readGroup(
  table: Table,
  { params, person, now }: Request<typeof getGroupRoute>,
): Promise<Answer> {
  const { org, grp } = params;
  const viewer = await actorWho(table, { org, userId: person.userId, now }, "group.read");
  const group = await getGroup(table, org, grp);
  if (group === undefined) throw notFound("group");
  return { status: 200, body: await showGroup(table, viewer.person, group), version: group.version };
}

/** A member of a group as the organization's members see them. */
export function presentGroupMember(member: Member, joinedAt: string) {
  const { userId, firstName, lastName, handle, email } = member;
  return { userId, firstName, lastName, handle, email, joinedAt };
}

/** DIR-3: who is in a group, to the organization's members. */
export async function readGroupMembers(
  table: Table,
  { params, person, query, now }: Request<typeof listGroupMembersRoute>,
): Promise<Answer> {
  const { org, grp } = params;
  await actorWho(table, { org, userId: person.userId, now }, "group.read");
  if ((await getGroup(table, org, grp)) === undefined) throw notFound("group");
  const scope = ["group-members", org, grp];
  const page = await listGroupPeople(table, org, grp, {
    limit: query.limit,
    after: readCursor(scope, query.cursor),
  });
  const people = await getPeople(
    table,
    org,
    page.items.map(({ userId }) => userId),
  );
  const items = page.items.flatMap(({ userId, joinedAt }) => {
    const member = people.get(userId);
    return member?.kind === "member" ? [presentGroupMember(member, joinedAt)] : [];
  });
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}

/** CH-9: the groups attached to a channel, to members who may know of the channel. */
export async function readChannelGroups(
  table: Table,
  { params, person, query, now }: Request<typeof listChannelGroupsRoute>,
): Promise<Answer> {
  const { org, chn: channelId } = params;
  const where = { org, channelId, userId: person.userId, now };
  const viewer = await demandInChannel(table, where, "channel.read");
  demand(permit("group.list", { standing: viewer.standing }));
  const scope = ["channel-groups", org, channelId];
  const page = await listAttachedGroups(table, keyOf(where), {
    limit: query.limit,
    after: readCursor(scope, query.cursor),
  });
  const ids = page.items.map(({ groupId }) => groupId);
  const groups = await getGroups(table, org, ids);
  const found = ids.flatMap((groupId) => groups.get(groupId) ?? []);
  const items = await showGroups(table, viewer.person, found);
  return { status: 200, body: { items, nextCursor: cursorOf(scope, page.after) } };
}
