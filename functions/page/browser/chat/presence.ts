import type { Status } from "@vestibule/client/types";
import { element } from "../render.ts";
import { tag, unseen } from "./controls.ts";
import { say } from "./language.ts";
import { kindOf } from "./people-names.ts";
import { place } from "./workplace.ts";

/** How many one connection may watch. */
const MOST_WATCHED = 100;

/** Whom each part of the page shows. */
const shown = new Map<string, readonly string[]>();

/** PRS-3: from now on this part of the page shows these people: how they are is told as long as they are among the first. */
export function watchFor(part: "self" | "sidebar" | "channel" | "side", userIds: readonly string[]): void {
  const before = shown.get(part) ?? [];
  if (before.length === userIds.length && before.every((id, index) => id === userIds[index])) return;
  shown.set(part, userIds);
  const order = ["self", "side", "sidebar", "channel"];
  const all = order.flatMap((name) => shown.get(name) ?? []).filter((id) => kindOf(id) !== "bot");
  place().session.watch([...new Set(all)].slice(0, MOST_WATCHED));
}

export function statusOf(userId: string): Status | undefined {
  return place().session.statusOf(userId);
}

/** A point in the colour of somebody's presence, with the word for it (PRS-1); nothing where it is not known. */
export function presenceDot(userId: string): HTMLElement[] {
  const status = statusOf(userId);
  if (status === undefined) return [];
  const word = say().presences[status.presence];
  return [element("span", { className: `dot ${status.presence}`, title: word }, unseen(word))];
}

/** PRS-2. */
export function customStatus(userId: string): HTMLElement[] {
  const custom = statusOf(userId)?.custom;
  const words = [custom?.emoji ?? "", custom?.text ?? ""].filter((part) => part !== "").join(" ");
  return words === "" ? [] : [element("span", { className: "custom" }, words)];
}

/** What somebody is beside a member (GST, BOT-1). */
export function kindTags(kind: string): HTMLElement[] {
  return [
    ...(kind === "guest" ? [tag(say().guest, "warm")] : []),
    ...(kind === "bot" ? [tag(say().bot)] : []),
  ];
}
