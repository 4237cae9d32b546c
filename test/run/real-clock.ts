import { afterEach, vi } from "vitest";

// Runs with every unit test file: the next file finds the machine's clock, whatever this one made of it.
afterEach(() => {
  vi.useRealTimers();
});
