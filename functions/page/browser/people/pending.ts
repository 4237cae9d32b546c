import { element } from "../render.ts";
import { ask } from "./ask.ts";
import { badge, cell, columns, disclosure, reasons, rowButton } from "./controls.ts";
import { dayOf, fromNow, listed } from "./dates.ts";
import { copyNewLink, editInvitation, resend, revoke } from "./invitation-acts.ts";
import { laterOf } from "./invitation-order.ts";
import { say } from "./language.ts";
import { pagedList } from "./paged.ts";
import { type Invitation, invitationIn } from "./shapes.ts";
import { channelNames, here } from "./workplace.ts";

const FILTERS = ["pending", "undelivered", "expired"] as const;
type Filter = (typeof FILTERS)[number];

let filter: Filter = "pending";

const QUERIES: Readonly<Record<Filter, string>> = {
  pending: "state=pending",
  undelivered: "state=pending&deliveryState=undelivered",
  expired: "state=expired",
};

export const invitations = pagedList<Invitation>({
  label: () => say().pending,
  none: () => say().noPending,
  path: () => here(`invitations?limit=50&${QUERIES[filter]}`),
  itemIn: (fields) => laterOf(over.get(invitationIn(fields).id), invitationIn(fields)),
  draw: drawInvitation,
});

/** Those that were shown and are over, so that what is told late does not bring them back. */
const over = new Map<string, Invitation>();

const ARRIVED = ["none", "queued", "sent"];

function isWanted({ state, deliveryState }: Invitation): boolean {
  if (filter === "expired") return state === "expired";
  return state === "pending" && (filter === "pending" || !ARRIVED.includes(deliveryState));
}

/** Puts an invitation as the API or a live event tells it, if it belongs to what is shown. */
export function putInvitation(told: Invitation): void {
  const { rows } = invitations;
  const known = rows.get(told.id) ?? over.get(told.id);
  const invitation = laterOf(known, told);
  if (invitation.state !== "pending" && invitation.state !== "expired") over.set(told.id, invitation);
  if (isWanted(invitation)) rows.put(invitation, "start");
  else if (rows.get(told.id) !== undefined) rows.drop(told.id);
}

const shelf = { rows: invitations.rows, put: putInvitation };

/** An invitation as the API has it now, with its channels. */
export async function readInvitation(id: string): Promise<void> {
  const answer = await ask("GET", here(`invitations/${id}`));
  if (answer.ok) putInvitation(invitationIn(answer.body));
}

function deliveryOf({ deliveryState }: Invitation): HTMLElement {
  const words = new Map(Object.entries(say().deliveryStates)).get(deliveryState) ?? deliveryState;
  if (!ARRIVED.includes(deliveryState)) return badge(`! ${words}`, "bad");
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

function actsOf(invitation: Invitation): HTMLElement {
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

function drawInvitation(invitation: Invitation): HTMLElement[] {
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
    element("div", { className: "acts" }, actsOf(invitation)),
  ];
}

/** The invitations that wait for an answer; to those who may see them. */
export function pendingSection(): (HTMLElement | undefined)[] {
  const select = element(
    "select",
    {
      id: "filter-pending",
      onchange: () => {
        filter = FILTERS.find((one) => one === select.value) ?? "pending";
        void invitations.read();
      },
    },
    ...FILTERS.map((value) =>
      element("option", { value, selected: value === filter }, say().pendingFilters[value]),
    ),
  );
  const heads = [say().invited, say().grants, say().delivery, say().invitedBy, say().expires];
  return [
    element("div", { className: "filters" }, element("label", {}, say().show, select)),
    reasons("invitation.resend", "invitation.update", "invitation.revoke"),
    columns(heads),
    invitations.element(),
  ];
}
