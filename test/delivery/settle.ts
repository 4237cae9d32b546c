import { setTimeout as sleep } from "node:timers/promises";
import { checkViews } from "./check-views.ts";
import { readStored, type Stored } from "./stored.ts";
import type { World } from "./world.ts";

const PATIENCE_MS = 60_000;
const PAUSE_MS = 150;

/** Asks until there is nothing left to say; what was left in the end is the answer. */
export async function untilNothing(
  ask: () => Promise<string[]> | string[],
  signal: AbortSignal,
  patienceMs = PATIENCE_MS,
): Promise<string[]> {
  const end = performance.now() + patienceMs;
  for (let pause = PAUSE_MS; ; pause = Math.min(pause * 1.5, 1_500)) {
    const left = await ask();
    if (left.length === 0 || performance.now() > end || signal.aborted) return left;
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** The net is there for everybody. */
export function comeBack({ actors }: World): void {
  for (const { devices } of actors) {
    for (const { wire, session } of devices) {
      wire.setOnline(true);
      if (session.state().kind !== "connected") session.refresh();
    }
  }
}

/** Every device asks for everything that it keeps up with, as after a sleep. */
export function refreshAll({ actors }: World): void {
  for (const { devices } of actors) for (const { session } of devices) session.refresh();
}

/** Older pages than the session began with, so that all of a channel can be held against what is stored. */
async function loadAll({ actors, places }: World): Promise<void> {
  const all = actors.flatMap(({ devices, kept }) =>
    devices.flatMap(({ session }) => kept.map((place) => session.channel(places[place]))),
  );
  for (const channel of all)
    while (channel.view().hasOlder && channel.view().isLoaded) await channel.loadOlder();
}

/** Until every view is as stored: what differs in the end. */
export async function untilViewsFit(
  world: World,
  signal: AbortSignal,
): Promise<{ left: string[]; stored: Stored }> {
  let stored = await readStored(world);
  let readAt = performance.now();
  const left = await untilNothing(async () => {
    const isOld = performance.now() > readAt + 1_000;
    if (isOld) {
      stored = await readStored(world);
      readAt = performance.now();
    }
    await loadAll(world);
    return checkViews(world, stored);
  }, signal);
  return { left, stored };
}
