import { beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../delivery/run-seed.ts";
import { runSeeds } from "../../delivery/run-seeds.ts";
import { sized } from "../../support/thorough.ts";

const SEEDS = Array.from({ length: sized(20, 100) }, (_, index) => index + 1);

/** Stack, worlds, and all of them side by side; a seed that does not settle takes minutes to be sure of it. */
const PATIENCE_MS = sized(360_000, 1_200_000);

const reports = new Map<number, Report>();
beforeAll(async () => {
  await runSeeds(SEEDS, { onReport: (report) => reports.set(report.seed, report) });
}, PATIENCE_MS);

describe("whatever befalls frames, connections, functions and the table, in the end everybody sees what is stored", () => {
  test.each(SEEDS)("MSG-2 MSG-3 MSG-4 MSG-11 delivery is complete with seed %i", (seed) => {
    const { problems, acts } = reports.get(seed) ?? expect.fail("it was not run");
    expect(problems, `npm run check:delivery -- --seed ${seed} --verbose`).toEqual([]);
    expect(acts).toBeGreaterThan(10);
  });
});
