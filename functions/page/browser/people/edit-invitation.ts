import type { Right } from "@vestibule/domain/vocabulary";
import type { Fields } from "../json.ts";
import { during, element } from "../render.ts";
import { ask } from "./ask.ts";
import { channelPicker } from "./channel-picker.ts";
import { noteIn, openForm } from "./dialog.ts";
import { choice, dayField, endOfDay, textField } from "./fields.ts";
import { groupPicker } from "./group-picker.ts";
import { say } from "./language.ts";
import { refusalNotice } from "./refusal-notice.ts";
import { rightsPicker } from "./rights-picker.ts";
import type { Shelf } from "./row-act.ts";
import { type Invitation, invitationIn, rightsHeld } from "./shapes.ts";
import { here } from "./workplace.ts";

/** What an invitation is to be; lists as one text, so that they compare. */
type Draft = {
  firstName: string;
  lastName: string;
  orgRole: string;
  chatRole: string;
  rights: string;
  groups: string;
  channels: string;
  end: string;
  message: string;
};

function joined(words: readonly string[]): string {
  return words.toSorted().join(" ");
}

function parted(words: string): string[] {
  return words.split(" ").filter((word) => word !== "");
}

function heldIn(rights: Readonly<Record<Right, boolean>>): string {
  return joined(rightsHeld({ rights }));
}

/**
 * What is different, as the API takes it. What is not is left out: an invitation may lead to channels that the editor may
 * not know of, which must not be lost (CH-5).
 */
export function changedIn(before: Draft, after: Draft): Fields {
  const is = (field: keyof Draft) => before[field] !== after[field];
  const rights = parted(after.rights).map((right) => [right, true]);
  return {
    ...(is("firstName") && { firstName: after.firstName || null }),
    ...(is("lastName") && { lastName: after.lastName || null }),
    ...(is("orgRole") && { orgRole: after.orgRole }),
    ...(is("chatRole") && { chatRole: after.chatRole }),
    // RGT-5: the others hold them all by role.
    ...(is("rights") && after.orgRole === "user" && { rights: Object.fromEntries(rights) }),
    ...(is("groups") && { groupIds: parted(after.groups) }),
    ...(is("channels") && { channelIds: parted(after.channels) }),
    ...(is("end") && { guestEndsAt: endOfDay(after.end) }),
    ...(is("message") && { message: after.message }),
  };
}

function labelled(label: string, field: HTMLElement): HTMLElement {
  return element("label", {}, label, field);
}

/** The fields of a pending invitation, as its kind has them (GST-13), with what they say now. */
function fieldsOf({
  kind,
  firstName,
  lastName,
  orgRole,
  chatRole,
  rights,
  groupIds,
  channelIds,
  guestEndsAt,
}: Invitation) {
  const first = textField("edit-first-name", firstName);
  const last = textField("edit-last-name", lastName);
  const chat = choice("edit-chat-role", chatRole, say().chatRoles);
  const end = dayField("edit-end", guestEndsAt);
  const channels = channelPicker(channelIds ?? []);
  const message = element("textarea", { id: "edit-message", rows: 3, maxLength: 1_000 });
  const names = element(
    "div",
    { className: "pair" },
    labelled(say().firstName, first),
    labelled(say().lastName, last),
  );
  const read = () => ({
    firstName: first.value.trim(),
    lastName: last.value.trim(),
    channels: joined(channels.chosen()),
    end: end.value,
    message: message.value.trim(),
  });
  const text = labelled(say().newMessage, message);
  if (kind === "guest") {
    const none = { orgRole, chatRole, rights: "", groups: "" };
    return {
      elements: [names, labelled(say().lastDay, end), channels.element, text],
      read: () => ({ ...none, ...read() }),
    };
  }
  const picked = rightsPicker(rights);
  const groups = groupPicker(groupIds);
  const org = choice("edit-org-role", orgRole, say().orgRoles, offerRights);
  function offerRights(): void {
    picked.element.classList.toggle("other-kind", org.value !== "user");
  }
  offerRights();
  const roles = element(
    "div",
    { className: "pair" },
    labelled(say().orgRole, org),
    labelled(say().chatRole, chat),
  );
  return {
    elements: [names, roles, picked.element, groups.element, channels.element, text],
    read: () => ({
      ...read(),
      orgRole: org.value,
      chatRole: chat.value,
      rights: heldIn(picked.read()),
      groups: joined(groups.chosen()),
    }),
  };
}

/** MINV-8: what a pending invitation grants and says; refused when somebody else changed it meanwhile. */
export async function editInvitation({ rows, put }: Shelf<Invitation>, { id }: Invitation): Promise<void> {
  const read = await during(say().working, () => ask("GET", here(`invitations/${id}`)));
  if (!read.ok) return rows.refuse(id, read);
  const invitation = invitationIn(read.body);
  const fields = fieldsOf(invitation);
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
