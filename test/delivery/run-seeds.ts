import type { Table } from "../../functions/table/table.ts";
import type { LocalStack, MeterReading } from "../../infra/local/contracts.ts";
import { startLocalStack } from "../../infra/local/start-local-stack.ts";
import { tableOf } from "../support/seeded-members.ts";
import { planOf } from "./plan.ts";
import { type Report, runSeed } from "./run-seed.ts";
import { buildTemplate, copyTemplate } from "./template.ts";
import type { Ground } from "./world.ts";

/** A stack's writes get slower with what its stream holds: a new one now and then. */
const SEEDS_OF_A_STACK = 60;

/** Worlds wait more than they work: for a line that is dead, or for a pause to be over. */
const SIDE_BY_SIDE = 7;

const STACK = {
  port: 0,
  streamIntervalMs: 200,
  limits: { workersPerFunction: 3, workersInAll: 40, startsAtOnce: 1, patienceMs: 20, eagerWorkers: 2 },
};

type RunOptions = {
  /** Ends early, and in order, when it says so. */
  readonly signal?: AbortSignal;
  readonly sideBySide?: number;
  readonly onReport?: (report: Report) => void;
  /** What it cost, when a stack is done. */
  readonly onMeter?: (reading: MeterReading) => void;
};

/** A copy of the organization for each seed, all of them written at once: the stream then tells of them in few batches. */
async function groundsFor(stack: LocalStack, table: Table, seeds: readonly number[]) {
  const { faults, log } = stack.context;
  const grounds = new Map<number, Ground>();
  let givenUp = 0;
  log.subscribe(({ kind, text }) => {
    if (kind === "output" && text.includes("frames left to the clients")) givenUp += 1;
  });
  for (const hasGuest of [true, false]) {
    const some = seeds.filter((seed) => planOf(seed).hasGuest === hasGuest);
    if (some.length === 0) continue;
    const template = await buildTemplate(stack, table, hasGuest);
    const copies = await copyTemplate(table, template, some.length);
    some.forEach((seed, index) => {
      const copy = copies[index];
      if (copy !== undefined)
        grounds.set(seed, { ...template, ...copy, table, faults, framesGivenUp: () => givenUp });
    });
  }
  return grounds;
}

async function runOnOneStack(seeds: readonly number[], options: RunOptions): Promise<Report[]> {
  const { signal = new AbortController().signal, sideBySide = SIDE_BY_SIDE, onReport } = options;
  const stack = await startLocalStack(STACK);
  const table = tableOf(stack);
  const reports: Report[] = [];
  try {
    const grounds = await groundsFor(stack, table, seeds);
    const queue = grounds.entries();
    const lane = async () => {
      for (const [seed, ground] of queue) {
        if (signal.aborted) return;
        const report = await runSeed(ground, seed, signal);
        if (signal.aborted) return;
        reports.push(report);
        onReport?.(report);
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, lane));
    options.onMeter?.(stack.context.meter.read());
  } finally {
    table.destroy();
    await stack.stop();
  }
  return reports.sort((one, other) => one.seed - other.seed);
}

/** Runs seeds, several side by side: each has an organization, and faults, of its own. */
export async function runSeeds(seeds: readonly number[], options: RunOptions = {}): Promise<Report[]> {
  const reports: Report[] = [];
  for (let start = 0; start < seeds.length; start += SEEDS_OF_A_STACK) {
    if (options.signal?.aborted === true) break;
    reports.push(...(await runOnOneStack(seeds.slice(start, start + SEEDS_OF_A_STACK), options)));
  }
  return reports;
}
