import { isEnded } from "@vestibule/domain/guests";
import { mayReceive } from "@vestibule/domain/live";
import { NO_RIGHTS } from "@vestibule/domain/people";
import type { StatusShape } from "../contract/status.ts";
import { type FanOutDeps, forgetGone } from "../realtime/fan-out.ts";
import { packFrames, serializeEvent } from "../realtime/frames.ts";
import { type Delivery, sendFrames } from "../realtime/send-frames.ts";
import type { LivePerson } from "../table/live.ts";
import type { ItemChange } from "../table/stream-items.ts";
import { ttlSeconds } from "../table/table.ts";
import { isWatching, type Watcher } from "../table/watchers.ts";
import type { Figures } from "./figures.ts";
import type { Of } from "./shown-change.ts";

export type StatusDeps = FanOutDeps & { readonly figures: Figures };

/** So many rows of connections that are gone go with one batch. */
const MAX_FORGOTTEN = 25;

function isOnline(live: Of<"live">["after"], now: number): boolean {
  return live !== undefined && live.connectionIds.length > 0 && live.expiresAt > ttlSeconds(now);
}

/** Whose status may look different now: they set it, or came, or went. */
export function changedPeople(changes: readonly ItemChange[], now: number): string[] {
  const ids = changes.flatMap((change) => {
    if (change.kind === "status") return (change.after ?? change.before)?.userId ?? [];
    // Without an entry they were removed, which is told otherwise.
    if (change.kind !== "live" || change.after === undefined) return [];
    return isOnline(change.before, now) === isOnline(change.after, now) ? [] : change.after.userId;
  });
  return [...new Set(ids)];
}

/** PRS-3, GST-16: of these statuses, those that somebody may know of, decided at delivery. */
async function shownTo(
  { figures }: StatusDeps,
  organizationId: string,
  { userId, isGuest }: LivePerson,
  statuses: readonly StatusShape[],
): Promise<StatusShape[]> {
  const ids = statuses.map((status) => status.userId);
  const seen = isGuest ? await figures.seenBy(organizationId, userId, ids) : new Set(ids);
  const standing = isGuest
    ? ({ kind: "guest", state: "active" } as const)
    : ({ kind: "member", state: "active", orgRole: "user", chatRole: "user", rights: NO_RIGHTS } as const);
  return statuses.filter((status) =>
    mayReceive("status.changed", {
      standing,
      relation: "none",
      isConcerned: status.userId === userId,
      isWatching: seen.has(status.userId),
    }),
  );
}

/** Frames by what they tell, so that those who watch the same get the same text. */
function framesOfStatuses() {
  const made = new Map<string, string[]>();
  return (statuses: StatusShape[]): string[] => {
    const key = statuses.map(({ userId }) => userId).join(" ");
    const frames = made.get(key) ?? packFrames([serializeEvent({ type: "status.changed", statuses })]);
    if (made.size < 500) made.set(key, frames);
    return frames;
  };
}

/**
 * PRS-3, GST-16: tells how people are now to the connections that watch them, in one event for a batch. Only those that
 * are open, of people who are there; what is kept of other connections is forgotten.
 */
export async function tellStatuses(
  deps: StatusDeps,
  organizationId: string,
  changes: readonly ItemChange[],
): Promise<void> {
  const { figures, directory, now } = deps;
  const changed = changedPeople(changes, now());
  if (changed.length === 0) return;
  // How they are is read when somebody wants to know: most people come and go unwatched.
  let read: Promise<StatusShape[]> | undefined;
  const framesFor = framesOfStatuses();
  const closed: string[] = [];

  async function* deliveriesTo(watchers: readonly Watcher[]): AsyncGenerator<Delivery> {
    if (!watchers.some((watcher) => changed.some((userId) => isWatching(watcher, userId)))) return;
    read ??= figures.statuses(organizationId, changed);
    const statuses = await read;
    const watching = watchers.flatMap((watcher) => {
      const watched = statuses.filter(({ userId }) => isWatching(watcher, userId));
      return watched.length === 0 ? [] : [{ ...watcher, statuses: watched }];
    });
    const ids = [...new Set(watching.map(({ userId }) => userId))];
    const live = new Map((await directory.among(organizationId, ids)).map((one) => [one.userId, one]));
    for (const { userId, connectionId, statuses: watched } of watching) {
      const person = live.get(userId);
      if (person?.connectionIds.includes(connectionId) !== true) {
        closed.push(connectionId);
        continue;
      }
      if (isEnded(person.endsAt ?? null, now())) continue;
      const shown = await shownTo(deps, organizationId, person, watched);
      if (shown.length > 0) yield { userId, connectionId, frames: framesFor(shown) };
    }
  }
  async function* deliveries(): AsyncGenerator<Delivery> {
    for await (const watchers of figures.watchers(organizationId)) yield* deliveriesTo(watchers);
  }

  const gone = await sendFrames(deps, deliveries());
  await forgetGone(deps, organizationId, gone);
  const forgotten = [...closed, ...gone.map(({ connectionId }) => connectionId)].slice(0, MAX_FORGOTTEN);
  await figures.forgetWatchers(organizationId, forgotten);
}
