import { element } from "../render.ts";
import { openDialog } from "./dialog.ts";
import { say } from "./language.ts";

const USUAL = [..."👍👎👏🙏💪👀🎉🚀🔥💯✅❌❓💡📌⏳😀😂😅🙂😉😍🤔😐😮😢😭😡😎🤝👋🫡🌟🌍☕🍀🎂🐛"];
const HEART = "❤️";

/** A few emojis to press, and a field for every other one (MSG-9): an emoji, or a name like `:wave:`. */
export function pickEmoji(onPick: (emoji: string) => unknown): void {
  const pick = (emoji: string) => {
    dialog.close();
    onPick(emoji);
  };
  const typed = element("input", { type: "text", autocomplete: "off", maxLength: 40 });
  const submitted = (event: Event) => {
    event.preventDefault();
    const emoji = typed.value.trim();
    if (emoji !== "") pick(emoji);
  };
  const dialog = openDialog(
    say().pickEmoji,
    "picker",
    element(
      "div",
      { className: "emojis" },
      ...[HEART, ...USUAL].map((emoji) =>
        element("button", { type: "button", onclick: () => pick(emoji) }, emoji),
      ),
    ),
    element(
      "form",
      { onsubmit: submitted },
      element("label", {}, say().otherEmoji, typed),
      element("button", { type: "submit" }, say().use),
    ),
  );
}
