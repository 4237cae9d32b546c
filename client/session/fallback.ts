import type { Environment, Timer } from "./environment.ts";

/** Whether there has been no connection for so long that what waits for one goes another way. */
export function createFallback(environment: Environment, afterMs: number, onDue: () => void) {
  let timer: Timer | undefined;
  let isDue = false;

  return {
    /** To be asked while there is none; the first time begins the wait. */
    isDue(): boolean {
      if (isDue) return true;
      timer ??= environment.after(afterMs, () => {
        timer = undefined;
        isDue = true;
        onDue();
      });
      return false;
    },
    /** There is one, or none is needed. */
    reset(): void {
      timer?.cancel();
      timer = undefined;
      isDue = false;
    },
  };
}
