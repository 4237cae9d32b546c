import { element } from "../render.ts";
import { ask } from "./ask.ts";
import { cell, columns, disclosure, reasons, rowButton } from "./controls.ts";
import { dayOf } from "./dates.ts";
import { confirmed, noteIn, openForm } from "./dialog.ts";
import { endOfDay } from "./end-of-day.ts";
import { dayField } from "./fields.ts";
import { say } from "./language.ts";
import { pagedList } from "./paged.ts";
import { refusalNotice } from "./refusal-notice.ts";
import { actOn } from "./row-act.ts";
import { type Guest, guestIn } from "./shapes.ts";
import { channelNames, here } from "./workplace.ts";

export const guests = pagedList<Guest>({
  label: () => say().guests,
  none: () => say().noGuests,
  path: () => here("guests?limit=50"),
  itemIn: guestIn,
  draw: drawGuest,
});

/** Puts a guest; what is told live names no channels, so that the known ones stay. */
export function putGuest(guest: Guest): void {
  guests.rows.put({ ...guest, channelIds: guest.channelIds ?? guests.rows.get(guest.id)?.channelIds });
}

/** A guest as the API has them now, with their channels. */
export async function readGuest(id: string): Promise<void> {
  const answer = await ask("GET", here(`guests/${id}`));
  if (answer.ok) putGuest(guestIn(answer.body));
}

async function remove({ id, name }: Guest): Promise<void> {
  const { removeGuestTitle, removeGuestText, remove } = say();
  if (!(await confirmed({ title: removeGuestTitle(name), text: removeGuestText, yes: remove }))) return;
  const answer = await actOn(guests.rows, id, { method: "DELETE", path: `members/${id}` });
  if (answer !== undefined) guests.rows.drop(id);
}

/** GINV-11: a guest becomes a member, who takes a seat. */
async function makeMember({ id, name }: Guest): Promise<void> {
  const { makeMemberTitle, makeMemberText, makeMember: yes } = say();
  if (!(await confirmed({ title: makeMemberTitle(name), text: makeMemberText, yes }))) return;
  const path = `members/${id}/convert`;
  const answer = await actOn(guests.rows, id, { method: "POST", path, body: { to: "member" } });
  if (answer !== undefined) guests.rows.drop(id);
}

/** GINV-10 */
function setEnd({ id, name, endsAt }: Guest): void {
  const day = dayField("guest-end", endsAt);
  openForm({
    title: say().endTitle(name),
    submit: say().save,
    fields: [element("label", {}, say().lastDay, day), element("p", { className: "soft" }, say().endHint)],
    onSubmit: async (dialog) => {
      const body = { endsAt: endOfDay(day.value) };
      const answer = await ask("PATCH", here(`guests/${id}`), { body });
      if (!answer.ok) return noteIn(dialog, refusalNotice(answer));
      putGuest(guestIn(answer.body));
      dialog.close();
    },
  });
}

function drawGuest(guest: Guest): HTMLElement[] {
  const { id, name, email, channelIds, endsAt, joinedAt, sender } = guest;
  return [
    element(
      "div",
      { className: "who" },
      element("strong", {}, name || email),
      element("span", { className: "soft" }, email),
    ),
    cell(say().channels, channelNames(channelIds).join(", ")),
    cell(say().until, endsAt === "" ? say().noEnd : dayOf(endsAt)),
    cell(say().invitedBy, sender),
    cell(say().joined, dayOf(joinedAt)),
    element(
      "div",
      { className: "acts" },
      disclosure(
        `${id}-acts`,
        [say().actions, element("span", { className: "unseen" }, ` ${name}`)],
        rowButton({ id: `${id}-end`, label: say().setEnd, about: name }, "guest.update", () => setEnd(guest)),
        rowButton(
          { id: `${id}-member`, label: say().makeMember, about: name },
          "guest.convert-to-member",
          () => makeMember(guest),
        ),
        rowButton({ id: `${id}-remove`, label: say().remove, about: name }, "guest.remove", () =>
          remove(guest),
        ),
      ),
    ),
  ];
}

/** The guests; to those who may see them. */
export function guestsSection(): (HTMLElement | undefined)[] {
  const heads = [say().guest, say().channels, say().until, say().invitedBy, say().joined];
  return [
    reasons("guest.update", "guest.convert-to-member", "guest.remove"),
    columns(heads),
    guests.element(),
  ];
}
