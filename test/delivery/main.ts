import { parseArgs } from "node:util";
import { describePlan, planOf } from "./plan.ts";
import type { Report } from "./run-seed.ts";
import { runSeeds } from "./run-seeds.ts";
import { describeWeather, weatherOf } from "./weather.ts";

const USAGE = `npm run check:delivery -- [options]
  --seeds N         how many seeds (20)
  --from K          the first of them (1)
  --seed K          one seed alone, as a failing one is replayed
  --side-by-side N  how many worlds at a time (7)
  --meter           what it cost, by function
  --verbose         what each seed is going to do`;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    "side-by-side": { type: "string" },
    meter: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

function whole(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  console.error(`not a number from 1 on: ${text}\n${USAGE}`);
  process.exit(2);
}

if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const from = whole(values.seed ?? values.from);
const count = values.seed === undefined ? whole(values.seeds) : 1;
const seeds = Array.from({ length: count }, (_, index) => from + index);
const sideBySide = values["side-by-side"];
const stopping = new AbortController();

process.once("SIGINT", () => {
  console.log("\nending; once more ends at once");
  stopping.abort();
  process.once("SIGINT", () => process.exit(130));
});

if (values.verbose) {
  for (const seed of seeds)
    console.log(`${describePlan(planOf(seed))}\n${describeWeather(weatherOf(seed, ""))}\n`);
}

let done = 0;
function onReport({ seed, problems, acts, events, ms }: Report): void {
  done += 1;
  const verdict = problems.length === 0 ? "✓" : "✗";
  console.log(
    `${verdict} seed ${seed} (${done} of ${count}): ${acts} acts, ${events} events, ${(ms / 1000).toFixed(1)} s`,
  );
  for (const problem of problems.slice(0, 20)) console.log(`    ${problem}`);
  if (problems.length > 0) console.log(`  again: npm run check:delivery -- --seed ${seed} --verbose`);
}

const startedAt = performance.now();
const reports = await runSeeds(seeds, {
  signal: stopping.signal,
  onReport,
  ...(values.meter && {
    onMeter: ({ invocations }) => {
      for (const { functionName, count, cold, ms } of invocations) {
        console.log(`  ${functionName}: ${count} invocations, ${cold} cold, ${Math.round(ms)} ms`);
      }
    },
  }),
  ...(sideBySide === undefined ? {} : { sideBySide: whole(sideBySide) }),
});
const failed = reports.filter(({ problems }) => problems.length > 0);
const { user, system } = process.cpuUsage();
const seconds = Math.round((performance.now() - startedAt) / 1000);
console.log(
  `${reports.length} of ${count} seeds in ${seconds} s (${Math.round((user + system) / 1e6)} s of CPU), ${failed.length} failed`,
);
if (failed.length > 0) console.log(`failed: ${failed.map(({ seed }) => seed).join(", ")}`);
process.exitCode = failed.length > 0 || reports.length < count ? 1 : 0;
