import { element } from "../render.ts";
import { columns, reasons } from "./controls.ts";
import { say } from "./language.ts";
import { drawMember } from "./member-row.ts";
import { type Paged, pagedList } from "./paged.ts";
import type { Shelf } from "./row-act.ts";
import { type Member, memberIn } from "./shapes.ts";
import { here } from "./workplace.ts";

let search = "";
let state = "";

export const members: Paged<Member> = pagedList({
  label: () => say().members,
  none: () => (search === "" ? say().noMembers : say().nobodyFound),
  path: () =>
    here(
      `members?limit=50${search === "" ? state && `&state=${state}` : `&search=${encodeURIComponent(search)}`}`,
    ),
  itemIn: memberIn,
  draw: (member) => drawMember(shelf, member),
});

const shelf: Shelf<Member> = { rows: members.rows, put: putMember };

/** Puts a member as the API or a live event tells them, if they belong to what is shown. */
export function putMember(member: Member): void {
  const isShown = members.rows.get(member.id) !== undefined;
  const isWanted = state === "" || (state === "active") === member.isActive;
  if (isShown && !isWanted) members.rows.drop(member.id);
  else if (isShown || (isWanted && search === "")) members.rows.put(member);
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
