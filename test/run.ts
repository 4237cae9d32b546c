import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHECKS } from "./run/checks.ts";
import { endLeftBehind, MARK } from "./run/left-behind.ts";
import { runStep } from "./run/run-step.ts";
import { countTests } from "./run/vitest-report.ts";

/**
 * `npm test`: everything that must hold, in order: Biome, the compilers, knip, then the tests.
 * `npm test -- checks` stops before the tests; `npm test -- domain infra` runs these projects of vitest.config.ts only,
 * and `npm test -- test/domain/seats.test.ts` these files.
 */
const asked = process.argv.slice(2);
const isOnlyChecks = asked.length === 1 && asked[0] === "checks";
const isOnlyTests = asked.length > 0 && !isOnlyChecks;

let passed = 0;
let failed = 0;

function count(name: string, isFine: boolean): void {
  if (isFine) passed += 1;
  else failed += 1;
  console.log(`${isFine ? "ok    " : "FAILED"} ${name}`);
}

async function runChecks(): Promise<void> {
  for (const { name, command, limitSeconds } of CHECKS) {
    console.log(`\n— ${name}`);
    count(name, (await runStep(command, limitSeconds)) === 0);
  }
}

async function runTests(): Promise<void> {
  console.log("\n— tests");
  const directory = mkdtempSync(join(tmpdir(), "vestibule-test-"));
  const report = join(directory, "report.json");
  const filters = asked.flatMap((name) => (name.includes("/") ? [name] : ["--project", name]));
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const status = await runStep(["vitest", "run", ...reporters, ...filters], 1_200);
  const tests = countTests(() => readFileSync(report, "utf8"), status);
  rmSync(directory, { recursive: true });
  passed += tests.passed;
  failed += tests.failed;
}

if (!isOnlyTests) await runChecks();
if (!isOnlyChecks) await runTests();
const left = await endLeftBehind();
if (left.length > 0) console.log(`\nstill running after the tests, ended now:\n${left.join("\n")}`);
count(`no process left behind (${MARK})`, left.length === 0);

process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed`);
