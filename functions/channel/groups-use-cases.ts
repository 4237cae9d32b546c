import { detachFromChannel } from "../membership/detach-from-channel.ts";
import { timeOf } from "../membership/time-left.ts";
import { type Implementation, implement } from "../shell/route.ts";
import { toThoseWhoMay } from "../shell/standing.ts";
import type { Table } from "../table/table.ts";
import { createGroup, deleteGroup, updateGroup } from "./groups-change.ts";
import {
  addGroupMemberRoute,
  createGroupRoute,
  deleteGroupRoute,
  detachGroupRoute,
  getGroupRoute,
  listChannelGroupsRoute,
  listGroupMembersRoute,
  listGroupsRoute,
  removeGroupMemberRoute,
  updateGroupRoute,
} from "./groups-contract.ts";
import { addGroupMember, removeGroupMember } from "./groups-members.ts";
import { readChannelGroups, readGroup, readGroupMembers, readGroups } from "./groups-read.ts";

/** What a request has for taking a group's people out of a channel; the sweep goes on with the rest. */
const WORK_MS = 24_000;

/** What is done about groups, route by route. */
export function groupUseCases(table: Table): Implementation[] {
  return [
    implement(listGroupsRoute, (request) => readGroups(table, request)),
    implement(
      createGroupRoute,
      (request) => createGroup(table, request),
      toThoseWhoMay(table, "group.create"),
    ),
    implement(getGroupRoute, (request) => readGroup(table, request)),
    implement(updateGroupRoute, (request) => updateGroup(table, request)),
    implement(deleteGroupRoute, (request) => deleteGroup(table, request)),
    implement(listGroupMembersRoute, (request) => readGroupMembers(table, request)),
    implement(addGroupMemberRoute, (request) => addGroupMember(table, request)),
    implement(removeGroupMemberRoute, (request) => removeGroupMember(table, request)),
    implement(listChannelGroupsRoute, (request) => readChannelGroups(table, request)),
    implement(detachGroupRoute, async ({ params, person, sourceIp, now }) => {
      const { org, chn: channelId, grp } = params;
      const act = { org, channelId, userId: person.userId, sourceIp, now };
      await detachFromChannel(table, act, grp, timeOf(WORK_MS));
      return { status: 204 };
    }),
  ];
}
