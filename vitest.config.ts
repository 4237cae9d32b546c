import { defineConfig } from "vitest/config";

type Project = {
  readonly include: string[];
  readonly exclude?: string[];
  readonly timeoutSeconds: number;
  /** Projects of one group run side by side; the groups one after the other. */
  readonly group: number;
  readonly maxWorkers?: number;
};

/** The folders under test/: `npm test -- domain` runs one of them. */
const PROJECTS: Readonly<Record<string, Project>> = {
  domain: { include: ["test/domain/**/*.test.ts"], timeoutSeconds: 30, group: 0 },
  functions: {
    include: ["test/functions/**/*.test.ts", "test/page/**/*.test.ts"],
    timeoutSeconds: 30,
    group: 0,
  },
  client: { include: ["test/client/**/*.test.ts"], timeoutSeconds: 30, group: 0 },
  house: {
    include: ["test/*.test.ts", "test/documents/**/*.test.ts", "test/rules/**/*.test.ts"],
    timeoutSeconds: 30,
    group: 0,
  },
  infra: { include: ["test/infra/**/*.test.ts"], timeoutSeconds: 90, group: 0 },
  // These start engines, gateways or the whole stack: two at once only slow each other down.
  local: {
    include: ["test/local/**/*.test.ts"],
    exclude: ["test/local/e2e/**"],
    timeoutSeconds: 30,
    group: 1,
    maxWorkers: 1,
  },
  // Two stacks at a time: one leaves a core idle while it waits for a reply.
  e2e: { include: ["test/local/e2e/**/*.test.ts"], timeoutSeconds: 120, group: 2, maxWorkers: 2 },
  // A browser each, some with a stack.
  browser: { include: ["test/browser/**/*.test.ts"], timeoutSeconds: 120, group: 3, maxWorkers: 2 },
};

export default defineConfig({
  test: {
    // Both cores of the smallest machine that this has to run on; left out, one of them would stay idle.
    maxWorkers: 2,
    projects: Object.entries(PROJECTS).map(([name, project]) => ({
      test: {
        name,
        include: project.include,
        exclude: ["**/node_modules/**", ...(project.exclude ?? [])],
        testTimeout: project.timeoutSeconds * 1_000,
        hookTimeout: 60_000,
        ...(project.maxWorkers === undefined ? {} : { maxWorkers: project.maxWorkers }),
        // In any order, so that no test lives on what another one left; a failing order is found again by its seed.
        sequence: { shuffle: true, groupOrder: project.group },
      },
    })),
  },
});
