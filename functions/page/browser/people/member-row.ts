import type { Action } from "@vestibule/domain/actions";
import { RIGHTS } from "@vestibule/domain/vocabulary";
import { objectIn } from "../json.ts";
import { element } from "../render.ts";
import { badge, cell, disclosure, menu, rowButton, tick } from "./controls.ts";
import { dayOf, listed } from "./dates.ts";
import { say } from "./language.ts";
import { convertToGuest, removeMember, setActive } from "./member-acts.ts";
import { actOn, type Shelf } from "./row-act.ts";
import { type Member, memberIn, rightsHeld } from "./shapes.ts";
import { place } from "./workplace.ts";

async function change(
  { rows, put }: Shelf<Member>,
  member: Member,
  path: string,
  body: Record<string, unknown>,
): Promise<void> {
  const answer = await actOn(rows, member.id, {
    method: "PUT",
    path: `members/${member.id}/${path}`,
    body,
  });
  if (answer !== undefined) put(memberIn(objectIn(answer, "member") ?? answer));
}

function rightsOf(shelf: Shelf<Member>, member: Member): HTMLElement {
  const held = rightsHeld(member);
  const words = held.length === 0 ? say().noRights : listed(held.map((right) => say().rights[right]));
  const boxes = RIGHTS.map((right) =>
    tick(
      { id: `${member.id}-${right}`, label: say().rights[right], isChecked: member.rights[right] },
      "member.change-rights",
      (isChecked) => change(shelf, member, "rights", { ...member.rights, [right]: isChecked }),
    ),
  );
  return disclosure(
    `${member.id}-rights`,
    [element("span", { className: "unseen" }, `${say().rightsOf(member.name)} `), words],
    ...boxes,
  );
}

function actsOf(shelf: Shelf<Member>, member: Member): HTMLElement {
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

/** A member's row: who they are, what they may, and what may be done about it. */
export function drawMember(shelf: Shelf<Member>, member: Member): HTMLElement[] {
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
        (role) => change(shelf, member, "org-role", { role }),
      ),
    ),
    cell(
      say().chatRole,
      menu(
        { id: `${id}-chat-role`, label: say().chatRoleOf(name), value: chatRole, options: say().chatRoles },
        "member.change-chat-role",
        (role) => change(shelf, member, "chat-role", { role }),
      ),
    ),
    cell(say().rightsTitle, rightsOf(shelf, member)),
    cell(say().state, isActive ? badge(say().active, "good") : badge(say().deactivated, "bad")),
    cell(say().joined, dayOf(joinedAt)),
    element("div", { className: "acts" }, actsOf(shelf, member)),
  ];
}
