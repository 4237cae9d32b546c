import { element } from "../render.ts";
import { iconButton } from "./controls.ts";
import { say } from "./language.ts";
import { go } from "./ways.ts";

/** What is beside the conversation: it draws itself, and says what it is so that it is not opened twice. */
export type Panel = {
  key: string;
  title: string;
  body: HTMLElement[];
  draw: () => void;
  close?: () => void;
};

let panel: Panel | undefined;
let opener: string | undefined;

export function sidePanel(): Panel | undefined {
  return panel;
}

/** The pane beside the conversation, empty and hidden. */
export function side(): HTMLElement {
  const pane = element("aside", { id: "side", hidden: true });
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) go().closeSide();
  });
  return pane;
}

function pane(): HTMLElement | null {
  return document.getElementById("side");
}

export function showSide(next: Panel): void {
  if (panel === undefined) opener = document.activeElement?.id;
  panel?.close?.();
  panel = next;
  const title = element("h2", { id: "side-title", tabIndex: -1 }, next.title);
  const close = iconButton({ name: "close", label: say().close, id: "close-side" }, () => go().closeSide());
  pane()?.replaceChildren(element("div", { className: "top" }, title, close), ...next.body);
  pane()?.setAttribute("aria-labelledby", "side-title");
  pane()?.toggleAttribute("hidden", false);
  document.body.dataset["pane"] = "side";
  next.draw();
  title.focus();
}

/** Puts it away; the focus goes back to where it came from. */
export function hideSide(): void {
  panel?.close?.();
  panel = undefined;
  pane()?.replaceChildren();
  pane()?.toggleAttribute("hidden", true);
  if (document.body.dataset["pane"] === "side") document.body.dataset["pane"] = "channel";
  if (opener !== undefined && opener !== "") document.getElementById(opener)?.focus();
  opener = undefined;
}
