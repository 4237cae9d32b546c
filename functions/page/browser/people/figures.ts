import type { Refusal } from "../api.ts";
import { button, element } from "../render.ts";
import { ask } from "./ask.ts";
import { numberOf } from "./dates.ts";
import { say } from "./language.ts";
import { refusalNotice, whyNotWords } from "./refusal-notice.ts";
import { type Usage, usageIn } from "./shapes.ts";
import { here, may, permission } from "./workplace.ts";

let usage: Usage | undefined;
let whenChanged: (usage: Usage) => void = () => undefined;

/** What else shows the figures. */
export function onUsage(react: (usage: Usage) => void): void {
  whenChanged = react;
}

export function knownUsage(): Usage | undefined {
  return usage;
}

type Bar = { label: string; text: string; parts: number[]; limit: number | undefined };

/** How much of a limit is taken: what is held, then what is reserved. Without a limit there is nothing to fill. */
function meterOf({ label, text, parts, limit }: Bar): HTMLElement | undefined {
  if (limit === undefined) return undefined;
  const used = parts.reduce((sum, part) => sum + part, 0);
  const whole = Math.max(limit, used, 1);
  const bars = parts.map((part) => {
    const bar = element("span", {});
    bar.style.setProperty("inline-size", `${(100 * part) / whole}%`);
    return bar;
  });
  const meter = element(
    "div",
    { className: used >= limit ? "meter full" : "meter", role: "meter", ariaLabel: label },
    ...bars,
  );
  meter.ariaValueMin = "0";
  meter.ariaValueMax = String(whole);
  meter.ariaValueNow = String(used);
  meter.ariaValueText = text;
  return meter;
}

type Tile = { id: string; label: string; value: string; detail: string; bar?: Bar };

function tileOf({ id, label, value, detail, bar }: Tile): HTMLElement {
  const meter = bar && meterOf(bar);
  return element(
    "li",
    { id: `figure-${id}` },
    element("span", { className: "label" }, label),
    element("strong", {}, value),
    ...(meter === undefined ? [] : [meter]),
    element("span", { className: "soft" }, detail),
  );
}

/** "3 / 10", or "3" where there is no limit. */
function of(used: number, limit: number | undefined): string {
  return limit === undefined ? numberOf(used) : `${numberOf(used)} / ${numberOf(limit)}`;
}

function tilesOf({
  members,
  seats,
  guests,
  pendingGuests,
  pendingMembers,
  guestLimit,
  channels,
}: Usage): Tile[] {
  const taken = seats.held + seats.reserved;
  const seatsDetail = say().seatsDetail(numberOf(seats.held), numberOf(seats.reserved));
  const overrun = seats.overLimit > 0 ? ` ${say().overrun(numberOf(seats.overLimit))}` : "";
  const guestsDetail = say().guestsDetail(numberOf(guests), numberOf(pendingGuests));
  return [
    {
      id: "members",
      label: say().members,
      value: numberOf(members),
      detail: say().membersDetail(numberOf(pendingMembers)),
    },
    {
      id: "seats",
      label: say().seats,
      value: of(taken, seats.limit),
      detail: seatsDetail + overrun,
      bar: {
        label: say().seats,
        text: seatsDetail + overrun,
        parts: [seats.held, seats.reserved],
        limit: seats.limit,
      },
    },
    {
      id: "guests",
      label: say().guests,
      value: of(guests + pendingGuests, guestLimit),
      detail: guestsDetail,
      bar: { label: say().guests, text: guestsDetail, parts: [guests, pendingGuests], limit: guestLimit },
    },
    { id: "channels", label: say().channels, value: numberOf(channels), detail: say().channelsDetail },
  ];
}

const list = element("ul", { className: "figures" });
const note = element("div", { className: "foot" });
const shown = element("div", {}, list, note);
let refused: Refusal | undefined;

function draw(): void {
  list.ariaLabel = say().figures;
  list.replaceChildren(...(usage === undefined ? [] : tilesOf(usage).map(tileOf)));
  list.hidden = usage === undefined;
  note.replaceChildren(
    ...(refused === undefined ? [] : [refusalNotice(refused), button(say().again, "", readUsage)]),
  );
}

/** The figures as the API or a live event tells them. */
export function setUsage(told: Usage): void {
  usage = told;
  refused = undefined;
  draw();
  whenChanged(told);
}

export async function readUsage(): Promise<void> {
  if (!may("usage.read")) return;
  const answer = await ask("GET", here("usage"));
  refused = answer.ok ? undefined : answer;
  if (answer.ok) setUsage(usageIn(answer.body));
  else draw();
}

/** SEAT-10 at a glance; to the others, why not. */
export function figures(): HTMLElement {
  if (!may("usage.read")) {
    return element("p", { className: "soft" }, ...whyNotWords(permission("usage.read")));
  }
  draw();
  return shown;
}
