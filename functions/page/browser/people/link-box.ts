import { element } from "../render.ts";
import { announce } from "./announce.ts";
import { say } from "./language.ts";

/** INV-3: a link, shown this once, with what copies it. */
export function linkBox(link: string, sentence: string): HTMLElement {
  const field = element("input", { readOnly: true, value: link, ariaLabel: say().link });
  field.addEventListener("focus", () => field.select());
  const copy = element("button", { type: "button", className: "small" }, say().copy);
  copy.addEventListener("click", async () => {
    field.select();
    const isCopied = await navigator.clipboard.writeText(link).then(
      () => true,
      () => false,
    );
    copy.textContent = isCopied ? say().copied : say().copyYourself;
    announce(copy.textContent);
  });
  return element(
    "div",
    { className: "said" },
    element("p", {}, sentence),
    element("div", { className: "link" }, field, copy),
  );
}
