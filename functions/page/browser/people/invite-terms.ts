import { DEFAULT_LOCALE, LOCALES } from "@vestibule/domain/vocabulary";
import type { Fields } from "../json.ts";
import { element } from "../render.ts";
import { channelPicker } from "./channel-picker.ts";
import { endOfDay } from "./end-of-day.ts";
import { choice, dayField } from "./fields.ts";
import { groupPicker } from "./group-picker.ts";
import { locale, say } from "./language.ts";
import { rightsPicker } from "./rights-picker.ts";

export type Terms = { element: HTMLElement; read: () => Fields };

const LANGUAGES = { en: "English", fr: "Français", de: "Deutsch", it: "Italiano", es: "Español" } as const;
const MOST_DAYS = 30;

function labelled(label: string, field: HTMLElement): HTMLElement {
  return element("label", {}, label, field);
}

/** On what terms people are invited: what both kinds have, and what only members or guests have. */
export function inviteTerms(): Terms & { show: (kind: string) => void } {
  let kind = "member";
  const orgRole = choice("invite-org-role", "user", say().orgRoles, () => offerRights());
  const chatRole = choice("invite-chat-role", "user", say().chatRoles);
  const end = dayField("invite-end", "");
  const channels = channelPicker([]);
  const groups = groupPicker([]);
  const rights = rightsPicker({ suite: false, chat: false, mail: false, accounting: false });
  // RGT-5: the others hold them all by role.
  const offerRights = () =>
    rights.element.classList.toggle("other-kind", kind !== "member" || orgRole.value !== "user");
  const spoken = LOCALES.find((one) => one === locale()) ?? DEFAULT_LOCALE;
  const language = choice("invite-locale", spoken, LANGUAGES);
  const delivery = choice("invite-delivery", "email", say().deliveries);
  const days = element("input", { id: "invite-days", type: "number", min: "1", max: String(MOST_DAYS) });
  const strict = element("input", { id: "invite-strict", type: "checkbox", checked: true });
  const message = element("textarea", { id: "invite-message", rows: 3, maxLength: 1_000 });
  const ofMembers = element(
    "div",
    { className: "pair" },
    labelled(say().orgRole, orgRole),
    labelled(say().chatRole, chatRole),
  );
  const ofGuests = labelled(say().lastDayOptional, end);
  ofGuests.hidden = true;

  function read(): Fields {
    const text = message.value.trim();
    return {
      kind,
      channelIds: channels.chosen(),
      strict: strict.checked,
      delivery: delivery.value,
      locale: language.value,
      ...(text !== "" && { message: text }),
      ...(days.value !== "" && { expiresInDays: Number(days.value) }),
      ...(kind === "guest"
        ? end.value !== "" && { guestEndsAt: endOfDay(end.value) }
        : {
            orgRole: orgRole.value,
            chatRole: chatRole.value,
            groupIds: groups.chosen(),
            ...(orgRole.value === "user" && { rights: rights.read() }),
          }),
    };
  }

  return {
    element: element(
      "div",
      { className: "terms" },
      ofMembers,
      ofGuests,
      channels.element,
      groups.element,
      rights.element,
      element(
        "details",
        { className: "further" },
        element("summary", {}, say().furtherOptions),
        element(
          "div",
          { className: "pair" },
          labelled(say().deliveryBy, delivery),
          labelled(say().language, language),
          labelled(say().validDays, days),
        ),
        element("label", { className: "check" }, strict, element("span", {}, say().strict)),
        labelled(say().message, message),
      ),
    ),
    read,
    show(chosen) {
      kind = chosen;
      const isGuest = kind === "guest";
      ofMembers.hidden = isGuest;
      groups.element.classList.toggle("other-kind", isGuest);
      offerRights();
      ofGuests.hidden = !isGuest;
    },
  };
}
