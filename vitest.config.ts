import { defineConfig } from "vitest/config";
import { ByProject } from "./test/run/project-order.ts";
import { PROJECTS } from "./test/run/projects.ts";

export default defineConfig({
  test: {
    // One more than the cores of the smallest machine that this has to run on: stacks and browsers leave a third of a core
    // idle while they wait for a reply, a frame or a page.
    maxWorkers: 3,
    sequence: { sequencer: ByProject },
    projects: Object.entries(PROJECTS).map(([name, project]) => ({
      test: {
        name,
        include: project.include,
        exclude: ["**/node_modules/**", ...(project.exclude ?? [])],
        // Files of a project share a worker and its modules: loading the SDK and zod anew for each was half of what the
        // unit tests took. What a test replaces (mocks, the environment, the clock) is put back before the next one.
        isolate: false,
        restoreMocks: true,
        unstubEnvs: true,
        unstubGlobals: true,
        setupFiles: ["test/run/real-clock.ts"],
        testTimeout: project.timeoutSeconds * 1_000,
        hookTimeout: 60_000,
        // In any order, so that no test lives on what another one left; a failing order is found again by its seed.
        sequence: { shuffle: { tests: true, files: false } },
      },
    })),
  },
});
