/**
 * How the end-to-end tests start the stack: on any free port, and with as many workers of a function as make real
 * concurrency; more would only spend the time on cold starts where two cores have to do all.
 */
export const E2E = {
  port: 0,
  /** The stream is read less often than for people: a flood of changes makes fewer, fuller batches. */
  streamIntervalMs: 100,
  limits: { workersPerFunction: 10, workersInAll: 60, startsAtOnce: 1, patienceMs: 20 },
};

/** How long a start may take where the stack has to be synthesized first, and others use the machine too. */
export const PATIENCE_MS = 240_000;
