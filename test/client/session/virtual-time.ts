/** A clock that goes on only when it is told to, and what happens then in order. */
export function createVirtualTime(startMs = Date.parse("2026-11-22T12:00:00.000Z")) {
  type Task = { at: number; order: number; act: () => void };
  let now = startMs;
  let order = 0;
  const tasks = new Set<Task>();

  /** Lets everything that waits for a promise come as far as it can without time going on. */
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  function next(until: number): Task | undefined {
    let first: Task | undefined;
    for (const task of tasks) {
      if (task.at > until) continue;
      if (first === undefined || task.at < first.at || (task.at === first.at && task.order < first.order)) {
        first = task;
      }
    }
    return first;
  }

  return {
    now: () => now,
    after(milliseconds: number, act: () => void) {
      order += 1;
      const task = { at: now + Math.max(0, milliseconds), order, act };
      tasks.add(task);
      return { cancel: () => void tasks.delete(task) };
    },
    settle,
    /** How much is to happen yet. */
    waiting: () => tasks.size,
    async advance(milliseconds: number): Promise<void> {
      const until = now + milliseconds;
      await settle();
      for (let task = next(until); task !== undefined; task = next(until)) {
        tasks.delete(task);
        now = task.at;
        task.act();
        await settle();
      }
      now = until;
    },
  };
}

/** Chance that is the same each time: mulberry32. */
export function createChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
