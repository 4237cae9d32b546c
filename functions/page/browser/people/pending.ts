import { element } from "../render.ts";
import { ask } from "./ask.ts";
import { columns, reasons } from "./controls.ts";
import { laterOf } from "./invitation-order.ts";
import { drawInvitation, hasArrived } from "./invitation-row.ts";
import { say } from "./language.ts";
import { type Paged, pagedList } from "./paged.ts";
import type { Shelf } from "./row-act.ts";
import { type Invitation, invitationIn } from "./shapes.ts";
import { here } from "./workplace.ts";

const FILTERS = ["pending", "undelivered", "expired"] as const;
type Filter = (typeof FILTERS)[number];

let filter: Filter = "pending";

const QUERIES: Readonly<Record<Filter, string>> = {
  pending: "state=pending",
  undelivered: "state=pending&deliveryState=undelivered",
  expired: "state=expired",
};

export const invitations: Paged<Invitation> = pagedList({
  label: () => say().pending,
  none: () => say().noPending,
  path: () => here(`invitations?limit=50&${QUERIES[filter]}`),
  itemIn: (fields) => laterOf(over.get(invitationIn(fields).id), invitationIn(fields)),
  draw: (invitation) => drawInvitation(shelf, invitation),
});

/** Those that were shown and are over, so that what is told late does not bring them back. */
const over = new Map<string, Invitation>();

function isWanted({ state, deliveryState }: Invitation): boolean {
  if (filter === "expired") return state === "expired";
  return state === "pending" && (filter === "pending" || !hasArrived(deliveryState));
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

const shelf: Shelf<Invitation> = { rows: invitations.rows, put: putInvitation };

/** An invitation as the API has it now, with its channels. */
export async function readInvitation(id: string): Promise<void> {
  const answer = await ask("GET", here(`invitations/${id}`));
  if (answer.ok) putInvitation(invitationIn(answer.body));
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
