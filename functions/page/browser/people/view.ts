import { button, element, show } from "../render.ts";
import { figures, readUsage } from "./figures.ts";
import { openInvite } from "./invite-dialog.ts";
import { say } from "./language.ts";
import { whyNotWords } from "./refusal-notice.ts";
import { readOpen, sections } from "./sections.ts";
import { may, permission, place } from "./workplace.ts";

function inviteButton(): HTMLElement {
  const sent = () => Promise.all([readUsage(), readOpen()]);
  const press = button(say().invite, "primary", () => openInvite(sent));
  press.id = "invite";
  if (may("invitation.create")) return press;
  press.toggleAttribute("disabled", true);
  press.setAttribute("aria-describedby", "invite-reason");
  const why = element(
    "p",
    { id: "invite-reason", className: "soft" },
    ...whyNotWords(permission("invitation.create")),
  );
  return element("div", { className: "refused" }, press, why);
}

/** The organization: its figures, and its people. */
export function showWorkplace(): void {
  show(() => ({
    heading: place().name,
    parts: [
      element(
        "div",
        { className: "lead" },
        element("p", { className: "soft" }, say().plan(place().plan)),
        inviteButton(),
      ),
      figures(),
      sections(),
    ],
  }));
}
