import { type Child, during, element } from "../render.ts";
import { say } from "./language.ts";

export type Dialog = {
  element: HTMLDialogElement;
  close: () => void;
  /** Runs `work` unless something runs, and says so here: what is behind a dialog is neither seen nor heard. */
  work: (work: () => Promise<unknown>) => Promise<void>;
};

let dialogs = 0;

/** Where the focus goes when what it came from is gone. */
function panel(): HTMLElement | null {
  return document.getElementById("panel");
}

/**
 * A dialog, open; the focus goes back to where it came from when it closes. Escape closes it, but not while something is
 * under way, whose outcome nobody would see: links are shown once (INV-3).
 */
export function openDialog(title: string, className: string, ...children: Child[]): Dialog {
  dialogs += 1;
  const id = `dialog-${dialogs}`;
  const opener = document.activeElement;
  const dialog = element("dialog", { className }, element("h2", { id }, title), ...children);
  dialog.setAttribute("aria-labelledby", id);
  const status = element("p", { className: "soft under-way", role: "status" });
  (dialog.querySelector(".actions") ?? dialog).append(status);
  const isBusy = () => dialog.ariaBusy === "true";
  const stay = (event: Event) => isBusy() && event.preventDefault();
  dialog.addEventListener("cancel", stay);
  dialog.addEventListener("keydown", (event) => event.key === "Escape" && stay(event));
  dialog.addEventListener("close", () => {
    dialog.remove();
    // Its row may have been drawn again meanwhile.
    const again = opener === null || opener.isConnected ? opener : document.getElementById(opener.id);
    if (again instanceof HTMLElement) again.focus();
    else panel()?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return {
    element: dialog,
    close: () => dialog.close(),
    async work(work) {
      if (isBusy()) return;
      const done = during(say().working, work, { region: dialog, status });
      status.scrollIntoView({ block: "nearest" });
      await done;
    },
  };
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

type Form = {
  title: string;
  submit: string;
  fields: Child[];
  onSubmit: (dialog: Dialog) => Promise<unknown>;
};

/** A form in a dialog. */
export function openForm({ title, submit, fields, onSubmit }: Form): Dialog {
  const submitted = (event: Event) => {
    event.preventDefault();
    void dialog.work(() => onSubmit(dialog));
  };
  const cancel = () => dialog.work(async () => dialog.close());
  const form = element(
    "form",
    { onsubmit: submitted },
    ...fields,
    element(
      "div",
      { className: "actions" },
      element("button", { type: "submit", className: "primary" }, submit),
      element("button", { type: "button", onclick: cancel }, say().cancel),
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
