import { type Child, element } from "../render.ts";
import { iconButton } from "./controls.ts";
import { say } from "./language.ts";

let dialogs = 0;

/** A dialog, open; Escape and its button close it, and the focus goes back to where it came from. */
export function openDialog(title: string, className: string, ...children: Child[]): HTMLDialogElement {
  dialogs += 1;
  const id = `dialog-${dialogs}`;
  const close = iconButton({ name: "close", label: say().close }, () => dialog.close());
  const dialog = element(
    "dialog",
    { className },
    element("div", { className: "top" }, element("h2", { id }, title), close),
    ...children,
    element("div", { className: "outcome" }),
  );
  dialog.setAttribute("aria-labelledby", id);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Asks before something that cannot be undone. */
export function confirmed(title: string, text: string, yes: string): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = false;
    const end = (value: boolean) => {
      answer = value;
      dialog.close();
    };
    const dialog = openDialog(
      title,
      "",
      element("p", {}, text),
      element(
        "div",
        { className: "actions" },
        element("button", { type: "button", className: "primary", onclick: () => end(true) }, yes),
        element("button", { type: "button", onclick: () => end(false) }, say().cancel),
      ),
    );
    dialog.addEventListener("close", () => resolve(answer));
  });
}
