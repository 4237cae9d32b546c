import { type Implementation, implement } from "../shell/route.ts";
import type { Table } from "../table/table.ts";
import { changeChatRole, changeOrgRole, changeRights } from "./change-roles.ts";
import { deactivateMember, reactivateMember } from "./change-state.ts";
import {
  changeChatRoleRoute,
  changeOrgRoleRoute,
  changeRightsRoute,
  deactivateMemberRoute,
  getMemberRoute,
  listMembersRoute,
  reactivateMemberRoute,
  removeMemberRoute,
} from "./contract.ts";
import { listPeople, readMember } from "./read-members.ts";
import { removeMember } from "./remove-member.ts";

/** What the `role` function does, route by route. */
export function roleUseCases(table: Table): Implementation[] {
  return [
    implement(listMembersRoute, (request) => listPeople(table, request)),
    implement(getMemberRoute, (request) => readMember(table, request)),
    implement(changeOrgRoleRoute, (request) => changeOrgRole(table, request)),
    implement(changeChatRoleRoute, (request) => changeChatRole(table, request)),
    implement(changeRightsRoute, (request) => changeRights(table, request)),
    implement(removeMemberRoute, (request) => removeMember(table, request)),
    implement(deactivateMemberRoute, (request) => deactivateMember(table, request)),
    implement(reactivateMemberRoute, (request) => reactivateMember(table, request)),
  ];
}
