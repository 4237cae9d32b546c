import { onTestFinished, vi } from "vitest";
import { NOW } from "./items.ts";

/** Stops the clock at `NOW` for this test. Timers run on. */
export function atNow(): void {
  vi.setSystemTime(NOW);
  onTestFinished(() => {
    vi.useRealTimers();
  });
}
