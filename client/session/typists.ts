import type { TypingEvent } from "../types.ts";
import type { Environment, Timer } from "./environment.ts";

export type Typist = { userId: string; name: string };

/** Somebody who goes on typing is told of every few seconds; who is not any more has stopped. */
const SHOWN_MS = 6_000;

/** One's own typing is told no more often than the service passes it on. */
const TOLD_MS = 2_500;

/** Who is typing in a channel. */
export function createTypists(environment: Environment, changed: () => void) {
  const typists = new Map<string, Typist & { timer: Timer }>();
  let toldAt = Number.NEGATIVE_INFINITY;

  function stop(userId: string): void {
    const typist = typists.get(userId);
    if (typist === undefined) return;
    typist.timer.cancel();
    typists.delete(userId);
    changed();
  }

  return {
    list: (): Typist[] => [...typists.values()].map(({ userId, name }) => ({ userId, name })),
    type({ userId, name }: Pick<TypingEvent, "userId" | "name">): void {
      typists.get(userId)?.timer.cancel();
      const timer = environment.after(SHOWN_MS, () => stop(userId));
      typists.set(userId, { userId, name, timer });
      changed();
    },
    stop,
    clear(): void {
      for (const userId of [...typists.keys()]) stop(userId);
    },
    /** Whether one's own typing is to be told now. */
    mayTell(): boolean {
      const now = environment.now();
      if (now < toldAt + TOLD_MS) return false;
      toldAt = now;
      return true;
    },
  };
}

export type Typists = ReturnType<typeof createTypists>;
