import { type Child, element } from "../render.ts";
import { type IconName, icon } from "./icon.ts";

type Press = (event: MouseEvent) => unknown;

/** A button in words. */
export function press(label: string, className: string, onPress: Press): HTMLButtonElement {
  return element("button", { type: "button", className, onclick: onPress }, label);
}

/** A button that shows a drawing, and says what it does to whoever points at or hears it. */
export function iconButton(
  {
    name,
    label,
    id = "",
    className = "",
  }: { name: IconName; label: string; id?: string; className?: string },
  onPress: Press,
): HTMLButtonElement {
  const made = element("button", {
    type: "button",
    id,
    className: `icon ${className}`,
    title: label,
    ariaLabel: label,
    onclick: onPress,
  });
  made.append(icon(name));
  return made;
}

/** What is heard and not seen. */
export function unseen(text: string): HTMLElement {
  return element("span", { className: "unseen" }, text);
}

/** A word in a frame: guest, bot, admin. */
export function tag(text: string, className = ""): HTMLElement {
  return element("span", { className: `tag ${className}` }, text);
}

/** What belongs together behind one button; Escape and a choice close it, and so does a press elsewhere. */
export function menu(id: string, label: string, items: Child[]): HTMLElement {
  const summary = element("summary", {
    id: `${id}-summary`,
    className: "icon",
    title: label,
    ariaLabel: label,
  });
  summary.append(icon("more"));
  const panel = element("div", { className: "panel" }, ...items);
  const details = element("details", { id, className: "menu" }, summary, panel);
  const close = () => {
    details.open = false;
    summary.focus();
  };
  panel.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("button") !== null) close();
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    event.stopPropagation();
    close();
  });
  return details;
}

/** Closes what is open when somebody presses elsewhere. */
export function closeMenusOutside(): void {
  document.addEventListener("click", ({ target }) => {
    for (const open of document.querySelectorAll("details.menu[open]")) {
      if (target instanceof Node && !open.contains(target)) open.toggleAttribute("open", false);
    }
  });
}
