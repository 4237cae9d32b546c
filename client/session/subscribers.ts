/** Those who want to know when something is other than it was; told once for all that changed in one go. */
export function createSubscribers() {
  const listeners = new Set<() => void>();
  let atOnce: () => void = () => undefined;
  let isTelling = false;

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** Who is told at once, before everybody else. */
    onTell(act: () => void): void {
      atOnce = act;
    },
    tell(): void {
      atOnce();
      if (isTelling) return;
      isTelling = true;
      queueMicrotask(() => {
        isTelling = false;
        for (const listener of [...listeners]) listener();
      });
    },
  };
}

export type Subscribers = ReturnType<typeof createSubscribers>;
