import type { Action } from "@vestibule/domain/actions";
import { element } from "../render.ts";
import { numberOf } from "./dates.ts";
import { knownUsage, onUsage } from "./figures.ts";
import { guests, guestsSection } from "./guests.ts";
import { say } from "./language.ts";
import { members, membersSection } from "./members.ts";
import { invitations, pendingSection } from "./pending.ts";
import { whyNotWords } from "./refusal-notice.ts";
import type { Usage } from "./shapes.ts";
import { may, permission } from "./workplace.ts";

type Section = {
  title: () => string;
  count: (usage: Usage) => number;
  needs: Action;
  content: () => (HTMLElement | undefined)[];
  read: () => Promise<void>;
};

const SECTIONS = {
  members: {
    title: () => say().members,
    count: ({ members }) => members,
    needs: "member.list",
    content: membersSection,
    read: members.read,
  },
  pending: {
    title: () => say().pending,
    count: ({ pendingMembers, pendingGuests }) => pendingMembers + pendingGuests,
    needs: "invitation.list",
    content: pendingSection,
    read: invitations.read,
  },
  guests: {
    title: () => say().guests,
    count: ({ guests }) => guests,
    needs: "guest.list",
    content: guestsSection,
    read: guests.read,
  },
} as const satisfies Record<string, Section>;

type Name = keyof typeof SECTIONS;
const NAMES: readonly Name[] = ["members", "pending", "guests"];

function nameInAddress(): Name {
  const asked = new URLSearchParams(location.search).get("show");
  return NAMES.find((name) => name === asked) ?? "members";
}

let open: Name | undefined;
const panel = element("div", { id: "panel", role: "tabpanel", tabIndex: -1 });
const tabs = element("div", { className: "tabs", role: "tablist" });

function section(): Section {
  open ??= nameInAddress();
  return SECTIONS[open];
}

function drawPanel(): void {
  const { needs, content } = section();
  panel.setAttribute("aria-labelledby", `tab-${open}`);
  if (may(needs)) {
    panel.replaceChildren(...content().filter((part) => part !== undefined));
    return;
  }
  panel.replaceChildren(element("p", { className: "soft" }, ...whyNotWords(permission(needs))));
}

/** Reads what is open anew. */
export async function readOpen(): Promise<void> {
  const { needs, read } = section();
  if (may(needs)) await read();
}

function choose(name: Name): void {
  open = name;
  const address = new URL(location.href);
  address.searchParams.set("show", name);
  history.replaceState(null, "", address);
  drawTabs();
  drawPanel();
  void readOpen();
}

/** Arrow keys, Home and End go from tab to tab, as in every list of tabs. */
function keyed(event: KeyboardEvent, name: Name): void {
  const at = NAMES.indexOf(name);
  const last = NAMES.length - 1;
  const to = new Map([
    ["ArrowRight", at === last ? 0 : at + 1],
    ["ArrowLeft", at === 0 ? last : at - 1],
    ["Home", 0],
    ["End", last],
  ]).get(event.key);
  const next = to === undefined ? undefined : NAMES[to];
  if (next === undefined) return;
  event.preventDefault();
  choose(next);
  document.getElementById(`tab-${next}`)?.focus();
}

function tabOf(name: Name): HTMLElement {
  const { title, count }: Section = SECTIONS[name];
  const usage = knownUsage();
  const isOpen = name === open;
  const tab = element(
    "button",
    {
      type: "button",
      role: "tab",
      id: `tab-${name}`,
      tabIndex: isOpen ? 0 : -1,
      onclick: () => choose(name),
    },
    title(),
    ...(usage === undefined ? [] : [" ", element("span", { className: "count" }, numberOf(count(usage)))]),
  );
  tab.ariaSelected = String(isOpen);
  tab.setAttribute("aria-controls", panel.id);
  tab.addEventListener("keydown", (event) => keyed(event, name));
  return tab;
}

function drawTabs(): void {
  const { activeElement } = document;
  const focused = activeElement !== null && tabs.contains(activeElement) ? activeElement.id : undefined;
  tabs.ariaLabel = say().people;
  tabs.replaceChildren(...NAMES.map(tabOf));
  if (focused !== undefined) document.getElementById(focused)?.focus();
}

onUsage(drawTabs);

/** Members, pending invitations and guests, one at a time. */
export function sections(): HTMLElement {
  section();
  drawTabs();
  drawPanel();
  return element("section", {}, tabs, panel);
}
