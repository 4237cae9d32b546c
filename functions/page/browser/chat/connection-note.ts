import { element } from "../render.ts";
import { press } from "./controls.ts";
import { say } from "./language.ts";
import { refusalWords } from "./refusal-words.ts";
import { signInAgain } from "./way-in-again.ts";
import { place } from "./workplace.ts";

/** Nobody has to read of a connection that is back within this. */
const PATIENCE_MS = 1_500;

let shown = "";
let timer: ReturnType<typeof setTimeout> | undefined;
const bar = element("div", { id: "connection", role: "status" });

function show(): void {
  const { session } = place();
  const { kind, problem } = session.state();
  if (kind === "connected") bar.replaceChildren();
  else if (kind === "connecting") bar.replaceChildren(element("p", {}, say().reconnecting));
  else
    bar.replaceChildren(
      element(
        "p",
        {},
        say().sessionEnded,
        " ",
        ...(problem === undefined ? [] : refusalWords(problem)),
        " ",
        press(say().signInAgain, "plain", signInAgain),
      ),
    );
}

/** How the live connection is; nothing while all is well. */
export function drawConnection(): void {
  const { kind } = place().session.state();
  if (kind === shown) return;
  shown = kind;
  clearTimeout(timer);
  if (kind === "connecting") timer = setTimeout(show, PATIENCE_MS);
  else show();
}

/** The line of it. */
export function connectionNote(): HTMLElement {
  shown = "";
  return bar;
}
