import { liveInCalm } from "./calm.ts";
import { checkJournal } from "./check-journal.ts";
import { checkHoles } from "./check-views.ts";
import { checkWires } from "./check-wires.ts";
import { checkEcho } from "./echo.ts";
import { farewell } from "./farewell.ts";
import { performAll } from "./perform.ts";
import { planOf } from "./plan.ts";
import { comeBack, refreshAll, untilNothing, untilViewsFit } from "./settle.ts";
import type { Stored } from "./stored.ts";
import { weatherOf } from "./weather.ts";
import { closeWorld, type Ground, openWorld, type World } from "./world.ts";

/** What a seed came to: `problems` are what is not as it should be. */
export type Report = {
  readonly seed: number;
  readonly problems: readonly string[];
  /** Acts whose outcome was told, and events that reached a connection. */
  readonly acts: number;
  readonly events: number;
  readonly ms: number;
};

/** Nothing is in the way any more, but for batches that wait to be tried again. */
const CALM_PATIENCE_MS = 30_000;

/** Once more where the machine was too slow for the relay's own limits of time: clients then ask for what is missing. */
async function untilAllIsTold(world: World, stored: Stored, signal: AbortSignal): Promise<string[]> {
  const before = world.framesGivenUp();
  const untold = await untilNothing(await liveInCalm(world, stored, "calm"), signal, CALM_PATIENCE_MS);
  if (untold.length === 0 || world.framesGivenUp() === before) return untold;
  refreshAll(world);
  return await untilNothing(await liveInCalm(world, stored, "calm again"), signal, CALM_PATIENCE_MS);
}

async function check(world: World, signal: AbortSignal): Promise<string[]> {
  const left = await untilNothing(
    () =>
      world.journal
        .underWay()
        .map(({ kind, place, text }) => `${kind} in ${place} has no end: ${text ?? ""}`),
    signal,
  );
  if (left.length > 0) return left;
  refreshAll(world);
  const settled = await untilViewsFit(world, signal);
  if (settled.left.length > 0) return settled.left;
  const notTold = await untilAllIsTold(world, settled.stored, signal);
  if (notTold.length > 0) return notTold;
  // Whatever was told changed what is shown, without anything being asked for.
  const { left: different, stored } = await untilViewsFit(world, signal);
  if (different.length > 0) return different;
  const echoed = checkEcho(world, stored);
  const staying = await untilNothing(await farewell(world, stored), signal, CALM_PATIENCE_MS);
  const asStored = [...checkHoles(stored), ...checkJournal(world, stored), ...checkWires(world)];
  return [...echoed, ...staying, ...asStored];
}

/** Lives through a seed: acts in its weather, then calm, in which everything has to be as it should be. */
export async function runSeed(ground: Ground, seed: number, signal: AbortSignal): Promise<Report> {
  const startedAt = performance.now();
  const { faults } = ground;
  const plan = planOf(seed);
  const world = openWorld(ground, plan);
  const group = `seed ${seed}`;
  try {
    faults.replace(weatherOf(seed, world.org), group);
    await performAll(world, plan);
    faults.replace([], group);
    comeBack(world);
    const problems = await check(world, signal);
    const acts = world.journal.entries.filter(({ outcome }) => outcome === "acknowledged").length;
    const events = world.actors
      .flatMap(({ devices }) => devices)
      .reduce((sum, { wire }) => sum + wire.received.length, 0);
    return { seed, problems, acts, events, ms: Math.round(performance.now() - startedAt) };
  } finally {
    faults.replace([], group);
    closeWorld(world);
  }
}
