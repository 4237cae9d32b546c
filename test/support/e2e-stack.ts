/**
 * How the end-to-end tests start the stack: on any free port, and with few workers of a function, since every one more
 * starts cold and has to warm up by itself, where two cores have to do all.
 */
export const E2E = {
  port: 0,
  /** The stream is read less often than for people: a flood of changes makes fewer, fuller batches. */
  streamIntervalMs: 100,
  limits: { workersPerFunction: 3, workersInAll: 60, startsAtOnce: 1, patienceMs: 20, eagerWorkers: 1 },
};

/** The same where many act at once and on purpose: as many workers as make real concurrency. */
export const E2E_CROWDED = {
  ...E2E,
  limits: { ...E2E.limits, workersPerFunction: 8, eagerWorkers: 3 },
};

/** How long a start may take where the stack has to be synthesized first, and others use the machine too. */
export const PATIENCE_MS = 240_000;
