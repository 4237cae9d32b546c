import { objectIn, textIn } from "../json.ts";
import { element } from "../render.ts";
import { confirmed } from "./dialog.ts";
import { say } from "./language.ts";
import { linkBox } from "./link-box.ts";
import { actOn, type Shelf } from "./row-act.ts";
import { type Invitation, invitationIn } from "./shapes.ts";

/** INV-9: sent anew; every earlier link is dead. */
export async function resend(shelf: Shelf<Invitation>, invitation: Invitation): Promise<void> {
  const { rows, put } = shelf;
  const { id, email, deliveryBy } = invitation;
  // A link that is for whoever holds it can be sent to nobody (SHR-4).
  if (email === "") return copyNewLink(shelf, invitation);
  const delivery = deliveryBy === "link" ? "email" : deliveryBy;
  const path = `invitations/${id}/resend`;
  const answer = await actOn(rows, id, { method: "POST", path, body: { delivery }, hasKey: true });
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
  const answer = await actOn(rows, id, { method: "POST", path, body: { delivery: "link" }, hasKey: true });
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
