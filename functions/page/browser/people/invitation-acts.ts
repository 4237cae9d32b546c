import { objectIn, textIn } from "../json.ts";
import { element } from "../render.ts";
import { ask } from "./ask.ts";
import { channelPicker } from "./channel-picker.ts";
import { confirmed, noteIn, openForm } from "./dialog.ts";
import { choice, dayField, endOfDay, textField } from "./fields.ts";
import { say } from "./language.ts";
import { linkBox } from "./link-box.ts";
import { refusalNotice } from "./refusal-notice.ts";
import { actOn, type Shelf } from "./row-act.ts";
import { type Invitation, invitationIn } from "./shapes.ts";
import { here } from "./workplace.ts";

/** INV-9: sent anew; every earlier link is dead. */
export async function resend(
  { rows, put }: Shelf<Invitation>,
  { id, deliveryBy }: Invitation,
): Promise<void> {
  const delivery = deliveryBy === "link" ? "email" : deliveryBy;
  const path = `invitations/${id}/resend`;
  const answer = await actOn(rows, id, { method: "POST", path, body: { delivery } });
  if (answer === undefined) return;
  put(invitationIn(objectIn(answer, "invitation") ?? {}));
  const link = textIn(answer, "link");
  const sent = element("p", { className: "said" }, say().resent);
  rows.notice(id, link === "" ? sent : linkBox(link, say().resent));
}

/** INV-9, INV-11: a new link, shown once, to be handed over in another way. */
export async function copyNewLink(
  { rows, put }: Shelf<Invitation>,
  { id, email }: Invitation,
): Promise<void> {
  const { newLinkTitle, newLinkText, newLink } = say();
  if (!(await confirmed({ title: newLinkTitle, text: newLinkText(email), yes: newLink }))) return;
  const path = `invitations/${id}/resend`;
  const answer = await actOn(rows, id, { method: "POST", path, body: { delivery: "link" } });
  if (answer === undefined) return;
  put(invitationIn(objectIn(answer, "invitation") ?? {}));
  rows.notice(id, linkBox(textIn(answer, "link"), say().linkOnce));
}

/** INV-8 */
export async function revoke({ rows }: Shelf<Invitation>, { id, email }: Invitation): Promise<void> {
  const { revokeTitle, revokeText, revoke: yes } = say();
  if (!(await confirmed({ title: revokeTitle(email), text: revokeText, yes }))) return;
  const answer = await actOn(rows, id, { method: "DELETE", path: `invitations/${id}` });
  if (answer !== undefined) rows.drop(id);
}

/** MINV-8: names, roles and channels, while it is pending; refused when somebody else changed it meanwhile. */
export async function editInvitation({ rows, put }: Shelf<Invitation>, { id }: Invitation): Promise<void> {
  const read = await ask("GET", here(`invitations/${id}`));
  if (!read.ok) return rows.refuse(id, read);
  const invitation = invitationIn(read.body);
  const { kind, email, firstName, lastName, orgRole, chatRole, channelIds, guestEndsAt } = invitation;
  const first = textField("edit-first-name", firstName);
  const last = textField("edit-last-name", lastName);
  const org = choice("edit-org-role", orgRole, say().orgRoles);
  const chat = choice("edit-chat-role", chatRole, say().chatRoles);
  const end = dayField("edit-end", guestEndsAt);
  const channels = channelPicker(channelIds ?? []);
  const isGuest = kind === "guest";
  const labelled = (label: string, field: HTMLElement) => element("label", {}, label, field);
  openForm({
    title: say().editTitle(email),
    submit: say().save,
    fields: [
      element("div", { className: "pair" }, labelled(say().firstName, first), labelled(say().lastName, last)),
      ...(isGuest
        ? [labelled(say().lastDay, end)]
        : [
            element(
              "div",
              { className: "pair" },
              labelled(say().orgRole, org),
              labelled(say().chatRole, chat),
            ),
          ]),
      channels.element,
    ],
    onSubmit: async (dialog) => {
      const body = {
        firstName: first.value.trim() || null,
        lastName: last.value.trim() || null,
        channelIds: channels.chosen(),
        ...(isGuest ? { guestEndsAt: endOfDay(end.value) } : { orgRole: org.value, chatRole: chat.value }),
      };
      const headers = read.etag === "" ? {} : { "if-match": read.etag };
      const answer = await ask("PATCH", here(`invitations/${id}`), { body, headers });
      if (!answer.ok) return noteIn(dialog, refusalNotice(answer));
      put(invitationIn(answer.body));
      dialog.close();
    },
  });
}
