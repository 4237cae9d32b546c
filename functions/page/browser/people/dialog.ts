import { type Child, element } from "../render.ts";
import { say } from "./language.ts";

export type Dialog = { element: HTMLDialogElement; close: () => void };

let dialogs = 0;

/** A dialog, open; the focus goes back to where it came from when it closes, and Escape closes it. */
export function openDialog(title: string, className: string, ...children: Child[]): Dialog {
  dialogs += 1;
  const id = `dialog-${dialogs}`;
  const opener = document.activeElement;
  const dialog = element("dialog", { className }, element("h2", { id }, title), ...children);
  dialog.setAttribute("aria-labelledby", id);
  dialog.addEventListener("close", () => {
    dialog.remove();
    // Its row may have been drawn again meanwhile.
    const again = opener === null || opener.isConnected ? opener : document.getElementById(opener.id);
    if (again instanceof HTMLElement) again.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return { element: dialog, close: () => dialog.close() };
}

type Question = { title: string; text: string; yes: string };

/** Asks before something that cannot be undone. */
export function confirmed({ title, text, yes }: Question): Promise<boolean> {
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
    dialog.element.addEventListener("close", () => resolve(answer));
  });
}

type Form = { title: string; submit: string; fields: Child[]; onSubmit: (dialog: Dialog) => unknown };

/** A form in a dialog. */
export function openForm({ title, submit, fields, onSubmit }: Form): Dialog {
  const submitted = (event: Event) => {
    event.preventDefault();
    onSubmit(dialog);
  };
  const form = element(
    "form",
    { onsubmit: submitted },
    ...fields,
    element(
      "div",
      { className: "actions" },
      element("button", { type: "submit", className: "primary" }, submit),
      element("button", { type: "button", onclick: () => dialog.close() }, say().cancel),
    ),
  );
  const dialog = openDialog(title, "", form);
  return dialog;
}

/** Shows what came of a form's request, above its buttons; takes the earlier away. */
export function noteIn({ element: dialog }: Dialog, notice: HTMLElement | undefined): void {
  dialog.querySelector(".notice")?.remove();
  if (notice !== undefined) dialog.querySelector(".actions")?.before(notice);
}
