import type { SessionEvent } from "@vestibule/client/types";
import type { Entry, EntryKind } from "./journal.ts";
import { isThereAtFirst, PLACES, type PlaceName } from "./plan.ts";
import type { Received } from "./wire.ts";
import type { Actor, World } from "./world.ts";

/** From the answer to the going until somebody tries to bring them back. */
type Absence = { readonly from: number; readonly to: number };

const NEVER = Number.POSITIVE_INFINITY;

/** When somebody was surely not in a channel. */
function absences(world: World, actor: Actor, place: PlaceName): Absence[] {
  const own = world.journal.entries.filter(({ userId }) => userId === actor.who.userId);
  const comings = own.filter(({ kind, place: at }) => kind === "come" && at === place);
  const goings = own.filter((one) => one.kind === "expel" || (one.kind === "go" && one.place === place));
  const nextComing = (after: number) =>
    Math.min(NEVER, ...comings.filter(({ endedAt }) => endedAt > after).map(({ startedAt }) => startedAt));
  const isOut = !isThereAtFirst(world, world.actors.indexOf(actor), place);
  return [
    ...(isOut ? [{ from: 0, to: nextComing(0) }] : []),
    ...goings.flatMap(({ outcome, startedAt, endedAt }) => {
      if (outcome !== "acknowledged") return [];
      const to = nextComing(startedAt);
      return to > endedAt ? [{ from: endedAt, to }] : [];
    }),
  ];
}

const DOINGS: ReadonlySet<EntryKind> = new Set(["post", "edit", "delete", "react", "pin", "unpin"]);

const CAUSES: Partial<Record<SessionEvent["type"], readonly EntryKind[]>> = {
  "message.posted": ["post"],
  "message.edited": ["edit"],
  "message.deleted": ["delete"],
  "message.pinned": ["pin"],
  "message.unpinned": ["unpin"],
  "reaction.added": ["react"],
  "reaction.removed": ["unreact"],
  "message.thread": ["post"],
  notification: ["post"],
};

export function isCauseOf(event: SessionEvent, entry: Entry): boolean {
  if (!CAUSES[event.type]?.includes(entry.kind)) return false;
  if (!("channelId" in event) || event.channelId !== entry.channelId || !("seq" in event)) return false;
  if (event.type === "message.thread") return entry.replyTo === event.seq;
  if ("message" in event && event.message !== undefined) return event.message.text === entry.text;
  if ("emoji" in event && event.emoji !== entry.emoji) return false;
  return entry.seq === event.seq;
}

/** Told to somebody of what was done after they had gone, before they came back. */
function isLeak({ at }: Received, { from, to }: Absence, causes: readonly Entry[]): boolean {
  if (at < from || at >= to || causes.length === 0) return false;
  return causes.every(({ startedAt }) => startedAt >= from);
}

/** What is of a channel and was received by, or acknowledged to, who was surely not in it. */
function trespasses(world: World, actor: Actor, place: PlaceName): string[] {
  const channelId = world.places[place];
  const out = absences(world, actor, place);
  if (out.length === 0) return [];
  const entries = world.journal.entries.filter((entry) => entry.channelId === channelId);
  const told = actor.devices
    .flatMap(({ wire }) => wire.received)
    .filter(({ event }) => "channelId" in event && event.channelId === channelId)
    .filter((one) => {
      const causes = entries.filter((entry) => isCauseOf(one.event, entry));
      return out.some((absence) => isLeak(one, absence, causes));
    })
    .map(
      ({ event }) => `${actor.name} was told of ${place} after going: ${JSON.stringify(event).slice(0, 160)}`,
    );
  const done = entries
    .filter(
      ({ kind, userId, outcome }) =>
        DOINGS.has(kind) && userId === actor.who.userId && outcome === "acknowledged",
    )
    .filter(({ startedAt, endedAt }) => out.some(({ from, to }) => startedAt >= from && endedAt < to))
    .map(({ kind, seq }) => `${actor.name} was let ${kind} ${seq ?? ""} in ${place} after going`);
  return [...told, ...done];
}

/** MSG-4, GST-9, GST-16: nothing of a channel reached who had gone from it, and they did nothing there. */
export function checkWires(world: World): string[] {
  return world.actors.flatMap((actor) => PLACES.flatMap((place) => trespasses(world, actor, place)));
}
