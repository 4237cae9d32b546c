import type { ChangeEvent } from "../types.ts";

/**
 * How long what the service answers may lag behind what it has told already: its index of changes, and frames on the
 * way. Only an answer that was asked for later than that settles what an event changed.
 */
const SETTLED_MS = 10_000;

/** What an answer may not know yet although its event has come. */
const LAG_MS = 2_000;

type Come = { readonly at: number; readonly event: ChangeEvent };

/**
 * Events that are held against an answer yet: their order is theirs of coming, which need not be that of the changes
 * that they tell of.
 */
export function createUnsettledEvents() {
  const events = new Map<number, Come[]>();

  return {
    clear: () => events.clear(),
    drop: (seq: number): boolean => events.delete(seq),
    note(event: ChangeEvent, at: number): void {
      events.set(event.seq, [...(events.get(event.seq) ?? []), { at, event }]);
    },
    of: (seq: number): ChangeEvent[] => (events.get(seq) ?? []).map(({ event }) => event),
    /**
     * A message was answered to a question of `askedAt`: what came long enough before is settled.
     * @returns the events that the answer may not know yet.
     */
    settle(seq: number, askedAt: number): ChangeEvent[] {
      const recent = (events.get(seq) ?? []).filter(({ at }) => at > askedAt - SETTLED_MS);
      if (recent.length === 0) events.delete(seq);
      else events.set(seq, recent);
      return recent.flatMap(({ at, event }) => (at > askedAt - LAG_MS ? [event] : []));
    },
    /** Messages whose events came so long before that the answer should have settled them, and did not. */
    late: (askedAt: number): number[] =>
      [...events].flatMap(([seq, come]) => (come.some(({ at }) => at <= askedAt - SETTLED_MS) ? [seq] : [])),
  };
}
