import { element } from "../render.ts";
import { badge, cell, disclosure, rowButton } from "./controls.ts";
import { dayOf, fromNow, listed } from "./dates.ts";
import { editInvitation } from "./edit-invitation.ts";
import { copyNewLink, resend, revoke } from "./invitation-acts.ts";
import { say } from "./language.ts";
import type { Shelf } from "./row-act.ts";
import type { Invitation } from "./shapes.ts";
import { channelNames } from "./workplace.ts";

/** INV-11: whether nothing went wrong with a mail so far. */
export function hasArrived(deliveryState: string): boolean {
  return ["none", "queued", "sent"].includes(deliveryState);
}

function deliveryOf({ deliveryState }: Invitation): HTMLElement {
  const words = new Map(Object.entries(say().deliveryStates)).get(deliveryState) ?? deliveryState;
  if (!hasArrived(deliveryState)) return badge(`! ${words}`, "bad");
  return badge(words, deliveryState === "sent" ? "good" : "calm");
}

function grantOf({ kind, orgRole, chatRole, channelIds, guestEndsAt, address }: Invitation): string {
  if (kind === "share") return `${say().mailAddress}: ${address}`;
  const orgRoles = new Map(Object.entries(say().orgRoles));
  const roles =
    kind === "guest"
      ? [say().guest, ...(guestEndsAt === "" ? [] : [say().untilDay(dayOf(guestEndsAt))])]
      : [orgRoles.get(orgRole) ?? orgRole, ...(chatRole === "admin" ? [say().chatRoles.admin] : [])];
  return [listed(roles), channelNames(channelIds).join(", ")].filter((words) => words !== "").join(" · ");
}

function actsOf(shelf: Shelf<Invitation>, invitation: Invitation): HTMLElement {
  const { id, email, kind, state } = invitation;
  const about = email || say().anybody;
  return disclosure(
    `${id}-acts`,
    [say().actions, element("span", { className: "unseen" }, ` ${about}`)],
    rowButton({ id: `${id}-resend`, label: say().resend, about }, "invitation.resend", () =>
      resend(shelf, invitation),
    ),
    rowButton({ id: `${id}-link`, label: say().newLink, about }, "invitation.resend", () =>
      copyNewLink(shelf, invitation),
    ),
    ...(state !== "pending"
      ? []
      : [
          ...(kind === "share"
            ? []
            : [
                rowButton({ id: `${id}-edit`, label: say().edit, about }, "invitation.update", () =>
                  editInvitation(shelf, invitation),
                ),
              ]),
          rowButton({ id: `${id}-revoke`, label: say().revoke, about }, "invitation.revoke", () =>
            revoke(shelf, invitation),
          ),
        ]),
  );
}

/** An invitation's row: whom it invites to what, how its mail fared, and what may be done about it. */
export function drawInvitation(shelf: Shelf<Invitation>, invitation: Invitation): HTMLElement[] {
  const { email, firstName, lastName, sender, expiresAt } = invitation;
  const name = [firstName, lastName].filter((part) => part !== "").join(" ");
  return [
    element(
      "div",
      { className: "who" },
      element("strong", {}, email || say().anybody),
      ...(name === "" ? [] : [element("span", { className: "soft" }, name)]),
    ),
    cell(say().grants, grantOf(invitation)),
    cell(say().delivery, deliveryOf(invitation)),
    cell(say().invitedBy, sender),
    cell(say().expires, fromNow(expiresAt, Date.now())),
    element("div", { className: "acts" }, actsOf(shelf, invitation)),
  ];
}
