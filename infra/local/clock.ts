import type { LocalClock } from "./contracts.ts";

/** A clock that runs with the machine's own, ahead of it by what was advanced so far. */
export function createClock(): LocalClock {
  const offset = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const milliseconds = new BigInt64Array(offset);
  const listeners = new Set<() => void>();
  return {
    offset,
    now: () => Date.now() + Number(Atomics.load(milliseconds, 0)),
    advance(seconds) {
      if (!Number.isFinite(seconds) || seconds < 0) throw new RangeError("the clock only moves forward");
      Atomics.add(milliseconds, 0, BigInt(Math.round(seconds * 1000)));
      for (const listener of listeners) listener();
    },
    onAdvance(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
