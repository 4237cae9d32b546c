import type { Message } from "@vestibule/client/types";
import { element } from "../render.ts";
import { press } from "./controls.ts";
import { say } from "./language.ts";
import { service } from "./service.ts";
import { attempt } from "./told.ts";
import { go } from "./ways.ts";
import { place } from "./workplace.ts";

/** The message that is being edited, one at a time (MSG-6). */
let edited: { id: string; at: Place; text: string } | undefined;

type Place = "m" | "t";

export function isEdited({ id, deleted }: Message, at: Place): boolean {
  return edited?.id === id && edited.at === at && deleted !== true;
}

export function startEditing({ id, seq, text }: Message, at: Place): void {
  edited = { id, at, text };
  go().redraw();
  const box = document.querySelector<HTMLTextAreaElement>(`#${at}-${seq}-text`);
  box?.focus();
  box?.setSelectionRange(text.length, text.length);
}

function stop(at: Place, seq: number): void {
  edited = undefined;
  go().redraw();
  document.getElementById(`${at}-${seq}`)?.focus();
}

/** Where a message's text is changed: Enter saves it, Escape leaves it as it was. */
export function editor({ channelId, seq, text }: Message, at: Place): HTMLElement {
  const save = async () => {
    const changed = box.value.trim();
    if (changed === "") return;
    const isDone =
      changed === text || (await attempt(() => service.editMessage(place().org, channelId, seq, changed)));
    if (isDone) stop(at, seq);
  };
  const box = element("textarea", {
    id: `${at}-${seq}-text`,
    value: edited?.text ?? text,
    ariaLabel: say().editLabel,
    oninput: () => {
      if (edited !== undefined) edited.text = box.value;
    },
    onkeydown: (event) => {
      event.stopPropagation();
      if (event.key === "Escape") stop(at, seq);
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      void save();
    },
  });
  return element(
    "div",
    { className: "editor" },
    box,
    element(
      "div",
      { className: "actions" },
      press(say().save, "primary small", save),
      press(say().cancel, "small", () => stop(at, seq)),
    ),
  );
}
