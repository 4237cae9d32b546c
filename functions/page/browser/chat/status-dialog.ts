import type { Presence, StatusChange } from "@vestibule/client/types";
import { PRESENCES } from "@vestibule/domain/vocabulary";
import { element } from "../render.ts";
import { openDialog } from "./dialog.ts";
import { say } from "./language.ts";
import { statusOf, watchFor } from "./presence.ts";
import { service } from "./service.ts";
import { attempt } from "./told.ts";
import { go } from "./ways.ts";
import { place } from "./workplace.ts";

const MINUTE_MS = 60_000;

/** When it ends; none for no end. */
function endOf(choice: string, now: number): string | undefined {
  if (choice === "") return undefined;
  if (choice === "day") {
    const end = new Date(now);
    end.setHours(24, 0, 0, 0);
    return end.toISOString();
  }
  return new Date(now + Number(choice) * MINUTE_MS).toISOString();
}

function endChoice(): HTMLSelectElement {
  const ends: [value: string, words: string][] = [
    ["", say().noEnd],
    ["30", say().halfHour],
    ["60", say().hour],
    ["240", say().fourHours],
    ["day", say().endOfDay],
  ];
  return element("select", {}, ...ends.map(([value, words]) => element("option", { value }, words)));
}

/** PRS-1, PRS-2: how one is to the others: a presence that stays, DND with an end, and a few words with an emoji. */
export function openStatus(): void {
  const { me, org } = place();
  const now = statusOf(me.userId);
  const before = { emoji: now?.custom?.emoji ?? "", text: now?.custom?.text ?? "" };
  const presences = PRESENCES.map((value) => {
    const input = element("input", {
      type: "radio",
      name: "presence",
      value,
      checked: value === (now?.presence ?? "online"),
    });
    return {
      value,
      input,
      label: element("label", { className: "check" }, input, element("span", {}, say().presences[value])),
    };
  });
  const presenceEnd = endChoice();
  const emoji = element("input", {
    type: "text",
    maxLength: 40,
    autocomplete: "off",
    value: before.emoji,
  });
  const text = element("input", {
    type: "text",
    maxLength: 100,
    autocomplete: "off",
    value: before.text,
  });
  const customEnd = endChoice();

  function change(): StatusChange {
    const presence: Presence = presences.find(({ input }) => input.checked)?.value ?? "online";
    const until = presence === "dnd" ? endOf(presenceEnd.value, Date.now()) : undefined;
    const said = { emoji: emoji.value.trim(), text: text.value.trim() };
    const end = endOf(customEnd.value, Date.now());
    const isSame = said.emoji === before.emoji && said.text === before.text && end === undefined;
    const custom = {
      ...(said.emoji !== "" && { emoji: said.emoji }),
      ...(said.text !== "" && { text: said.text }),
      ...(end !== undefined && { until: end }),
    };
    const isNone = said.emoji === "" && said.text === "";
    return {
      presence,
      ...(until !== undefined && { until }),
      // What is not changed is not said: in a call it would be the call's own (CALL-5).
      ...(!isSame && { custom: isNone ? null : custom }),
    };
  }

  const submitted = async (event: Event) => {
    event.preventDefault();
    const isDone = await attempt(() => service.setStatus(org, change()));
    if (!isDone) return;
    dialog.close();
    watchFor("self", []);
    go().redraw();
  };
  const dialog = openDialog(
    say().yourStatus,
    "",
    element(
      "form",
      { onsubmit: submitted },
      element("fieldset", {}, element("legend", {}, say().presence), ...presences.map(({ label }) => label)),
      element("label", {}, say().dndUntil, presenceEnd),
      element(
        "div",
        { className: "pair" },
        element("label", {}, say().emoji, emoji),
        element("label", {}, say().statusText, text),
      ),
      element("label", {}, say().statusUntil, customEnd),
      element(
        "div",
        { className: "actions" },
        element("button", { type: "submit", className: "primary" }, say().save),
      ),
    ),
  );
}
