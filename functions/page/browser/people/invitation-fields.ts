import { element } from "../render.ts";
import { channelPicker } from "./channel-picker.ts";
import { choice, dayField, textField } from "./fields.ts";
import { groupPicker } from "./group-picker.ts";
import { type Draft, heldIn, joined } from "./invitation-draft.ts";
import { say } from "./language.ts";
import { rightsPicker } from "./rights-picker.ts";
import type { Invitation } from "./shapes.ts";

/** The fields of an invitation, and what they say. */
type InvitationFields = { elements: HTMLElement[]; read: () => Draft };

function labelled(label: string, field: HTMLElement): HTMLElement {
  return element("label", {}, label, field);
}

/** The fields of a pending invitation, as its kind has them (GST-13), with what they say now. */
export function invitationFields({
  kind,
  firstName,
  lastName,
  orgRole,
  chatRole,
  rights,
  groupIds,
  channelIds,
  guestEndsAt,
}: Invitation): InvitationFields {
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
