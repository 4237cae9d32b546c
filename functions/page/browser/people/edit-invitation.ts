import { during } from "../render.ts";
import { ask } from "./ask.ts";
import { noteIn, openForm } from "./dialog.ts";
import { changedIn } from "./invitation-draft.ts";
import { invitationFields } from "./invitation-fields.ts";
import { say } from "./language.ts";
import { refusalNotice } from "./refusal-notice.ts";
import type { Shelf } from "./row-act.ts";
import { type Invitation, invitationIn } from "./shapes.ts";
import { here } from "./workplace.ts";

/** MINV-8: what a pending invitation grants and says; refused when somebody else changed it meanwhile. */
export async function editInvitation({ rows, put }: Shelf<Invitation>, { id }: Invitation): Promise<void> {
  const read = await during(say().working, () => ask("GET", here(`invitations/${id}`)));
  if (!read.ok) return rows.refuse(id, read);
  const invitation = invitationIn(read.body);
  const fields = invitationFields(invitation);
  const before = fields.read();
  openForm({
    title: say().editTitle(invitation.email),
    submit: say().save,
    fields: fields.elements,
    onSubmit: async (dialog) => {
      const body = changedIn(before, fields.read());
      if (Object.keys(body).length === 0) return dialog.close();
      const headers = read.etag === "" ? {} : { "if-match": read.etag };
      const answer = await ask("PATCH", here(`invitations/${id}`), { body, headers });
      if (!answer.ok) return noteIn(dialog, refusalNotice(answer));
      put(invitationIn(answer.body));
      dialog.close();
    },
  });
}
