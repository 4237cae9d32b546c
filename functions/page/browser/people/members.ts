import type { Action } from "@vestibule/domain/actions";
import { RIGHTS } from "@vestibule/domain/vocabulary";
import { objectIn } from "../json.ts";
import { element } from "../render.ts";
import { badge, cell, columns, disclosure, menu, reasons, rowButton, tick } from "./controls.ts";
import { dayOf, listed } from "./dates.ts";
import { say } from "./language.ts";
import { convertToGuest, removeMember, setActive } from "./member-acts.ts";
import { pagedList } from "./paged.ts";
import { actOn } from "./row-act.ts";
import { type Member, memberIn, rightsHeld } from "./shapes.ts";
import { here, place } from "./workplace.ts";

let search = "";
let state = "";

export const members = pagedList<Member>({
  label: () => say().members,
  none: () => (search === "" ? say().noMembers : say().nobodyFound),
  path: () =>
    here(
      `members?limit=50${search === "" ? state && `&state=${state}` : `&search=${encodeURIComponent(search)}`}`,
    ),
  itemIn: memberIn,
  draw: drawMember,
});

/** Puts a member as the API or a live event tells them, if they belong to what is shown. */
export function putMember(member: Member): void {
  const isShown = members.rows.get(member.id) !== undefined;
  const isWanted = state === "" || (state === "active") === member.isActive;
  if (isShown && !isWanted) members.rows.drop(member.id);
  else if (isShown || (isWanted && search === "")) members.rows.put(member);
}

const shelf = { rows: members.rows, put: putMember };

async function change(member: Member, path: string, body: Record<string, unknown>): Promise<void> {
  const answer = await actOn(members.rows, member.id, {
    method: "PUT",
    path: `members/${member.id}/${path}`,
    body,
  });
  if (answer !== undefined) putMember(memberIn(objectIn(answer, "member") ?? answer));
}

function rightsOf(member: Member): HTMLElement {
  const held = rightsHeld(member);
  const words = held.length === 0 ? say().noRights : listed(held.map((right) => say().rights[right]));
  const boxes = RIGHTS.map((right) =>
    tick(
      { id: `${member.id}-${right}`, label: say().rights[right], isChecked: member.rights[right] },
      "member.change-rights",
      (isChecked) => change(member, "rights", { ...member.rights, [right]: isChecked }),
    ),
  );
  return disclosure(
    `${member.id}-rights`,
    [element("span", { className: "unseen" }, `${say().rightsOf(member.name)} `), words],
    ...boxes,
  );
}

function actsOf(member: Member): HTMLElement {
  const act = (name: string, label: string, action: Action, onPress: () => unknown) =>
    rowButton({ id: `${member.id}-${name}`, label, about: member.name }, action, onPress);
  const isMe = member.id === place().userId;
  return disclosure(
    `${member.id}-acts`,
    [say().actions, element("span", { className: "unseen" }, ` ${member.name}`)],
    member.isActive
      ? act("deactivate", say().deactivate, "member.deactivate", () => setActive(shelf, member, false))
      : act("reactivate", say().reactivate, "member.reactivate", () => setActive(shelf, member, true)),
    act("guest", say().makeGuest, "member.convert-to-guest", () => convertToGuest(shelf, member)),
    isMe
      ? act("leave", say().leave, "member.leave", () => removeMember(shelf, member))
      : act("remove", say().remove, "member.remove", () => removeMember(shelf, member)),
  );
}

function drawMember(member: Member): HTMLElement[] {
  const { id, name, email, orgRole, chatRole, isActive, joinedAt } = member;
  const you = id === place().userId ? [" ", badge(say().you, "calm")] : [];
  return [
    element(
      "div",
      { className: "who" },
      element("strong", {}, name || email),
      ...you,
      element("span", { className: "soft" }, email),
    ),
    cell(
      say().orgRole,
      menu(
        { id: `${id}-org-role`, label: say().orgRoleOf(name), value: orgRole, options: say().orgRoles },
        "member.change-org-role",
        (role) => change(member, "org-role", { role }),
      ),
    ),
    cell(
      say().chatRole,
      menu(
        { id: `${id}-chat-role`, label: say().chatRoleOf(name), value: chatRole, options: say().chatRoles },
        "member.change-chat-role",
        (role) => change(member, "chat-role", { role }),
      ),
    ),
    cell(say().rightsTitle, rightsOf(member)),
    cell(say().state, isActive ? badge(say().active, "good") : badge(say().deactivated, "bad")),
    cell(say().joined, dayOf(joinedAt)),
    element("div", { className: "acts" }, actsOf(member)),
  ];
}

const PATIENCE_MS = 250;

/** The members, with what finds and filters them. */
export function membersSection(): (HTMLElement | undefined)[] {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const find = element("input", {
    type: "search",
    id: "find-members",
    value: search,
    autocomplete: "off",
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        search = find.value.trim();
        filter.disabled = search !== "";
        void members.read();
      }, PATIENCE_MS);
    },
  });
  const filter = element(
    "select",
    {
      id: "filter-members",
      disabled: search !== "",
      onchange: () => {
        state = filter.value;
        void members.read();
      },
    },
    ...[
      ["", say().everybody],
      ["active", say().active],
      ["deactivated", say().deactivated],
    ].map(([value = "", label = ""]) => element("option", { value, selected: value === state }, label)),
  );
  const heads = [say().member, say().orgRole, say().chatRole, say().rightsTitle, say().state, say().joined];
  return [
    element(
      "div",
      { className: "filters" },
      element("label", {}, say().search, find),
      element("label", {}, say().show, filter),
    ),
    reasons(
      "member.change-org-role",
      "member.change-chat-role",
      "member.change-rights",
      "member.deactivate",
      "member.convert-to-guest",
      "member.remove",
    ),
    columns(heads),
    members.element(),
  ];
}
