import { type Implementation, implement } from "../shell/route.ts";
import type { Table } from "../table/table.ts";
import { changeChatRole, changeOrgRole, changeRights } from "./change-roles.ts";
import { deactivateMember, reactivateMember } from "./change-state.ts";
import {
  changeChatRoleRoute,
  changeOrgRoleRoute,
  changeRightsRoute,
  convertRoute,
  deactivateMemberRoute,
  getGuestRoute,
  getMemberRoute,
  listGuestsRoute,
  listMembersRoute,
  reactivateMemberRoute,
  removeMemberRoute,
  updateGuestRoute,
} from "./contract.ts";
import { convertPerson } from "./convert-person.ts";
import { listGuestPeople, readGuest } from "./read-guests.ts";
import { listPeople, readMember } from "./read-members.ts";
import { removePerson } from "./remove-person.ts";
import { updateGuest } from "./update-guest.ts";

/** What the `role` function does, route by route. */
export function roleUseCases(table: Table): Implementation[] {
  return [
    implement(listMembersRoute, (request) => listPeople(table, request)),
    implement(getMemberRoute, (request) => readMember(table, request)),
    implement(changeOrgRoleRoute, (request) => changeOrgRole(table, request)),
    implement(changeChatRoleRoute, (request) => changeChatRole(table, request)),
    implement(changeRightsRoute, (request) => changeRights(table, request)),
    implement(removeMemberRoute, (request) => removePerson(table, request)),
    implement(deactivateMemberRoute, (request) => deactivateMember(table, request)),
    implement(reactivateMemberRoute, (request) => reactivateMember(table, request)),
    implement(convertRoute, (request) => convertPerson(table, request)),
    implement(listGuestsRoute, (request) => listGuestPeople(table, request)),
    implement(getGuestRoute, (request) => readGuest(table, request)),
    implement(updateGuestRoute, (request) => updateGuest(table, request)),
  ];
}
