import { defineConfig } from "vitest/config";

type Project = {
  readonly include: string[];
  readonly exclude?: string[];
  readonly timeoutSeconds: number;
};

/** The folders under test/: `npm test -- domain` runs one of them. */
const PROJECTS: Readonly<Record<string, Project>> = {
  domain: { include: ["test/domain/**/*.test.ts"], timeoutSeconds: 30 },
  functions: {
    include: ["test/functions/**/*.test.ts", "test/page/**/*.test.ts"],
    timeoutSeconds: 30,
  },
  client: { include: ["test/client/**/*.test.ts"], timeoutSeconds: 30 },
  house: {
    include: ["test/*.test.ts", "test/documents/**/*.test.ts", "test/rules/**/*.test.ts"],
    timeoutSeconds: 30,
  },
  infra: { include: ["test/infra/**/*.test.ts"], timeoutSeconds: 90 },
  local: {
    include: ["test/local/**/*.test.ts"],
    exclude: ["test/local/e2e/**"],
    timeoutSeconds: 30,
  },
  e2e: { include: ["test/local/e2e/**/*.test.ts"], timeoutSeconds: 120 },
  // A browser each, some with a stack.
  browser: { include: ["test/browser/**/*.test.ts"], timeoutSeconds: 120 },
};

export default defineConfig({
  test: {
    // One more than the cores of the smallest machine that this has to run on: stacks and browsers leave a third of a core
    // idle while they wait for a reply, a frame or a page.
    maxWorkers: 3,
    projects: Object.entries(PROJECTS).map(([name, project]) => ({
      test: {
        name,
        include: project.include,
        exclude: ["**/node_modules/**", ...(project.exclude ?? [])],
        testTimeout: project.timeoutSeconds * 1_000,
        hookTimeout: 60_000,
        // In any order, so that no test lives on what another one left; a failing order is found again by its seed. Files,
        // which share nothing, begin with the longest, so that no core waits for the other in the end.
        sequence: { shuffle: { tests: true, files: false } },
      },
    })),
  },
});
