import type { InvocationLog, LogLine } from "./contracts.ts";

const keptLines = 5000;

/** The newest lines in memory; `print` also gets each one as it comes. */
export function createInvocationLog(print?: (line: LogLine) => void): InvocationLog {
  const lines: LogLine[] = [];
  const listeners = new Set<(line: LogLine) => void>(print ? [print] : []);
  let lastId = 0;
  return {
    lines,
    add(line) {
      lastId += 1;
      const complete: LogLine = { id: lastId, at: new Date().toISOString(), ...line };
      lines.push(complete);
      // Dropped in blocks: one shift per line would move the whole array each time.
      if (lines.length > keptLines * 1.2) lines.splice(0, lines.length - keptLines);
      for (const listener of listeners) listener(complete);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
