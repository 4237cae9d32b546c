import { leaveChannel } from "../membership/leave-channel.ts";
import { type Implementation, implement } from "../shell/route.ts";
import type { Table } from "../table/table.ts";
import { addChannelPeople } from "./people-add.ts";
import {
  addChannelMembersRoute,
  changeChannelRoleRoute,
  listChannelMembersRoute,
  removeChannelMemberRoute,
} from "./people-contract.ts";
import { listChannelPeople } from "./people-list.ts";
import { changeChannelRole } from "./people-role.ts";

/** What is done about the people of a channel, route by route. */
export function channelPeopleUseCases(table: Table): Implementation[] {
  return [
    implement(listChannelMembersRoute, (request) => listChannelPeople(table, request)),
    implement(addChannelMembersRoute, (request) => addChannelPeople(table, request)),
    implement(removeChannelMemberRoute, async ({ params, person, sourceIp, now }) => {
      const { org, chn: channelId, user: targetId } = params;
      await leaveChannel(table, { org, channelId, userId: person.userId, targetId, sourceIp, now });
      return { status: 204 };
    }),
    implement(changeChannelRoleRoute, (request) => changeChannelRole(table, request)),
  ];
}
