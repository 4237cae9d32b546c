import { element } from "../render.ts";
import { forget } from "../session.ts";
import { ask } from "./ask.ts";
import { channelPicker } from "./channel-picker.ts";
import { confirmed, noteIn, openForm } from "./dialog.ts";
import { say } from "./language.ts";
import { refusalNotice } from "./refusal-notice.ts";
import { actOn, type Shelf } from "./row-act.ts";
import { type Member, memberIn } from "./shapes.ts";
import { here, place } from "./workplace.ts";

/** ORG-10: takes a member's access and seat, or gives it back. */
export async function setActive(
  { rows, put }: Shelf<Member>,
  member: Member,
  isActive: boolean,
): Promise<void> {
  const { id, name } = member;
  if (!isActive) {
    const { deactivateTitle, deactivateText, deactivate } = say();
    if (!(await confirmed({ title: deactivateTitle(name), text: deactivateText, yes: deactivate }))) return;
  }
  const path = `members/${id}/${isActive ? "reactivate" : "deactivate"}`;
  const answer = await actOn(rows, id, { method: "POST", path });
  if (answer !== undefined) put(memberIn(answer));
}

/** Removes a member, or leaves when it is oneself. */
export async function removeMember({ rows }: Shelf<Member>, { id, name }: Member): Promise<void> {
  const isMe = id === place().userId;
  const { removeTitle, removeText, remove, leaveTitle, leaveText, leave } = say();
  const question = isMe
    ? { title: leaveTitle(place().name), text: leaveText, yes: leave }
    : { title: removeTitle(name), text: removeText, yes: remove };
  if (!(await confirmed(question))) return;
  const answer = await actOn(rows, id, { method: "DELETE", path: `members/${id}` });
  if (answer === undefined) return;
  rows.drop(id);
  if (!isMe) return;
  forget("organization");
  location.assign(location.pathname);
}

/** GINV-11: a member becomes a guest, who keeps the chosen ones of their channels. */
export function convertToGuest({ rows }: Shelf<Member>, { id, name }: Member): void {
  const picker = channelPicker([]);
  openForm({
    title: say().makeGuestTitle(name),
    submit: say().makeGuest,
    fields: [element("p", {}, say().makeGuestText), picker.element],
    onSubmit: async (dialog) => {
      const body = { to: "guest", channelIds: picker.chosen() };
      const answer = await ask("POST", here(`members/${id}/convert`), { body });
      if (!answer.ok) return noteIn(dialog, refusalNotice(answer));
      dialog.close();
      rows.drop(id);
    },
  });
}
