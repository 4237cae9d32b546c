import { type Fields, textIn } from "../json.ts";
import { element } from "../render.ts";
import { isCommand } from "./completion.ts";
import { completion } from "./completion-list.ts";
import { iconButton } from "./controls.ts";
import { pickEmoji } from "./emoji-picker.ts";
import { keep, recall } from "./kept.ts";
import { say } from "./language.ts";
import { runCommand } from "./run-command.ts";
import { hush, note } from "./told.ts";
import { post } from "./unsent.ts";
import { place } from "./workplace.ts";

/** MSG-1. */
const MOST_CHARACTERS = 16_000;

type Where = { channelId: string; replyTo?: number };

function drafts(): Fields {
  return recall("drafts") ?? {};
}

function keepDraft(key: string, text: string): void {
  const { [key]: _, ...others } = drafts();
  keep("drafts", text === "" ? others : { ...others, [key]: text });
}

/** Where a message is written: Enter sends it, with Shift it is a new line. What is not sent yet is kept as a draft. */
export function composer(
  where: Where,
  label: string,
  onEmptyUp: () => unknown = () => undefined,
): HTMLElement {
  const { channelId, replyTo } = where;
  const key = replyTo === undefined ? channelId : `${channelId}-${replyTo}`;
  const channel = place().session.channel(channelId);

  async function send(): Promise<void> {
    const text = box.value;
    if (text.trim() === "") return;
    if (place().session.state().kind === "ended") return note(say().sessionEnded);
    set("");
    hush();
    if (isCommand(text)) {
      if (!(await runCommand(channelId, text)) && box.value === "") set(text);
      return;
    }
    void post({ channelId, text, nonce: crypto.randomUUID(), ...(replyTo !== undefined && { replyTo }) });
  }

  function set(text: string): void {
    box.value = text;
    keepDraft(key, text);
  }

  const box = element("textarea", {
    id: replyTo === undefined ? "write" : "write-reply",
    rows: 1,
    maxLength: MOST_CHARACTERS,
    value: textIn(drafts(), key),
    placeholder: label,
    ariaLabel: label,
    oninput: () => {
      keepDraft(key, box.value);
      if (!isCommand(box.value) && box.value !== "") channel.typing();
    },
    onkeydown: (event) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        void send();
      }
      if (event.key === "ArrowUp" && box.value === "") {
        event.preventDefault();
        onEmptyUp();
      }
    },
  });
  const insert = (emoji: string) => {
    box.focus();
    box.setRangeText(emoji, box.selectionStart, box.selectionEnd, "end");
    keepDraft(key, box.value);
  };
  const offers = completion(channelId, box, () => keepDraft(key, box.value));
  return element(
    "div",
    { className: "composer" },
    offers,
    element(
      "div",
      { className: "box" },
      box,
      iconButton({ name: "smile", label: say().emoji }, () => pickEmoji(insert)),
      iconButton({ name: "send", label: say().send, className: "primary" }, () => {
        void send();
        box.focus();
      }),
    ),
  );
}
