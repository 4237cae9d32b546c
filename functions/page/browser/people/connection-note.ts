import { button, part } from "../render.ts";
import { signIn } from "./choose-organization.ts";
import { say } from "./language.ts";
import type { LiveState } from "./live.ts";

let shown: LiveState = "live";

/** How the live connection is; nothing to say while all is well. */
export function showConnection(state: LiveState = shown): void {
  shown = state;
  const words = { live: "", away: say().reconnecting, ended: say().sessionEnded }[state];
  const again = state === "ended" ? [" ", button(say().signInAgain, "plain", () => signIn("again"))] : [];
  part("connection").replaceChildren(...(words === "" ? [] : [words, ...again]));
}
