import type { Fields } from "../json.ts";
import { element } from "../render.ts";
import { ask } from "./ask.ts";
import { channelPicker } from "./channel-picker.ts";
import { noteIn, openForm } from "./dialog.ts";
import { choice, dayField, endOfDay, textField } from "./fields.ts";
import { say } from "./language.ts";
import { refusalNotice } from "./refusal-notice.ts";
import type { Shelf } from "./row-act.ts";
import { type Invitation, invitationIn } from "./shapes.ts";
import { here } from "./workplace.ts";

type Draft = {
  firstName: string;
  lastName: string;
  orgRole: string;
  chatRole: string;
  channels: string;
  end: string;
};

function idsOf(ids: readonly string[]): string {
  return ids.toSorted().join(" ");
}

/**
 * What is different, as the API takes it. What is not is left out: an invitation may lead to channels that the editor may
 * not know of, which must not be lost (CH-5).
 */
function changed(before: Draft, after: Draft): Fields {
  const is = (field: keyof Draft) => before[field] !== after[field];
  return {
    ...(is("firstName") && { firstName: after.firstName || null }),
    ...(is("lastName") && { lastName: after.lastName || null }),
    ...(is("orgRole") && { orgRole: after.orgRole }),
    ...(is("chatRole") && { chatRole: after.chatRole }),
    ...(is("channels") && { channelIds: after.channels.split(" ").filter((id) => id !== "") }),
    ...(is("end") && { guestEndsAt: endOfDay(after.end) }),
  };
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
  const dayOfEnd = end.value;
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
      const body = changed(
        { firstName, lastName, orgRole, chatRole, channels: idsOf(channelIds ?? []), end: dayOfEnd },
        {
          firstName: first.value.trim(),
          lastName: last.value.trim(),
          orgRole: isGuest ? orgRole : org.value,
          chatRole: isGuest ? chatRole : chat.value,
          channels: idsOf(channels.chosen()),
          end: end.value,
        },
      );
      if (Object.keys(body).length === 0) return dialog.close();
      const headers = read.etag === "" ? {} : { "if-match": read.etag };
      const answer = await ask("PATCH", here(`invitations/${id}`), { body, headers });
      if (!answer.ok) return noteIn(dialog, refusalNotice(answer));
      put(invitationIn(answer.body));
      dialog.close();
    },
  });
}
