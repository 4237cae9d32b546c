import type { ChangeEvent, Message, PostedEvent } from "../types.ts";
import { applyChange, laterOf } from "./apply-change.ts";
import { createUnsettledEvents } from "./unsettled-events.ts";

const bySeq = (one: Message, other: Message): number => one.seq - other.seq;

/**
 * What is known of a channel's messages. The window from the lowest loaded to the highest contiguous `seq` is what its
 * readers see, without holes (MSG-2); what came ahead of a hole waits until it is closed. Others are known aside: a
 * thread's and pinned ones from before the window.
 */
export function createMessageLog() {
  const known = new Map<number, Message>();
  const unsettled = createUnsettledEvents();
  let window: { lowest: number; upTo: number; hasOlder: boolean } | undefined;
  let heardOf = 0;
  let isExpired = false;
  let shown: Message[] | undefined;

  function put(message: Message): void {
    known.set(message.seq, laterOf(known.get(message.seq), message));
    heardOf = Math.max(heardOf, message.seq);
    shown = undefined;
  }

  function absorb(): void {
    if (window === undefined) return;
    while (known.has(window.upTo + 1)) window.upTo += 1;
    shown = undefined;
  }

  const log = {
    isLoaded: () => window !== undefined && !isExpired,
    hasOlder: () => window?.hasOlder ?? false,
    upTo: () => window?.upTo ?? 0,
    lowest: () => window?.lowest ?? 1,
    /** Something is known to be there that is not: a hole, or an end that was heard of only. */
    isBehind: () => window !== undefined && heardOf > window.upTo,
    get: (seq: number) => known.get(seq),
    /** Whether a message of one's own is shown: its event may come before its acknowledgement. */
    hasOwn: (nonce: string): boolean => log.shown().some((message) => message.nonce === nonce),

    /** The window, ascending. */
    shown(): readonly Message[] {
      const { lowest, upTo } = window ?? { lowest: 1, upTo: 0 };
      shown ??= [...known.values()].filter(({ seq }) => seq >= lowest && seq <= upTo).sort(bySeq);
      return shown;
    },
    /** All that are known and `wanted`, ascending. */
    select: (wanted: (message: Message) => boolean): Message[] =>
      [...known.values()].filter(wanted).sort(bySeq),

    /** The latest page, as the window to begin with. */
    load(ascending: readonly Message[], hasOlder: boolean): void {
      log.forget();
      const upTo = ascending.at(-1)?.seq ?? 0;
      window = { lowest: ascending[0]?.seq ?? upTo + 1, upTo, hasOlder };
      for (const message of ascending) put(message);
      absorb();
    },
    /** Too much was missed: it is to be loaded anew, and shown as it was until then. */
    expire(): void {
      isExpired = true;
    },
    /** Nothing is known any more. */
    forget(): void {
      known.clear();
      unsettled.clear();
      window = undefined;
      shown = undefined;
      heardOf = 0;
      isExpired = false;
    },
    addOlder(ascending: readonly Message[], hasOlder: boolean): void {
      if (window === undefined) return;
      for (const message of ascending) put(message);
      window = { ...window, lowest: Math.min(window.lowest, ascending[0]?.seq ?? window.lowest), hasOlder };
      shown = undefined;
    },
    /** What the service answers to follow the window: what it leaves out of it is no hole. */
    addMissed(ascending: readonly Message[]): void {
      if (window === undefined) return;
      for (const message of ascending) put(message);
      window.upTo = Math.max(window.upTo, ascending.at(-1)?.seq ?? 0);
      absorb();
    },
    /** What the service answers of messages wherever they are. */
    addSnapshots(messages: readonly Message[]): void {
      for (const message of messages) {
        const isAside = window === undefined || message.seq < window.lowest;
        if (!isAside || known.has(message.seq)) put(message);
      }
      absorb();
    },
    addAside(messages: readonly Message[]): void {
      for (const message of messages) put(message);
    },
    /** A message that is said to be new: one that is known already is known better. */
    addPosted({ seq, message }: PostedEvent): void {
      heardOf = Math.max(heardOf, seq);
      if (window === undefined || seq < window.lowest || message === undefined || known.has(seq)) return;
      put(unsettled.of(seq).reduce(applyChange, message));
      absorb();
    },
    /** The channel is said to reach this far. */
    hear(seq: number): void {
      heardOf = Math.max(heardOf, seq);
    },
    /** The end that was heard of does not come: it is no message, or not yet one that may be seen. */
    unhear(): void {
      // One by one: a session of days knows more of them than a call takes arguments.
      heardOf = [...known.keys()].reduce((highest, seq) => Math.max(highest, seq), window?.upTo ?? 0);
    },
    /** Something happened to a message: whether all of it is known now. */
    change(event: ChangeEvent, now: number): "known" | "missing" | "not-shown" {
      const message = known.get(event.seq);
      if (window === undefined || (message === undefined && event.seq < window.lowest)) return "not-shown";
      unsettled.note(event, now);
      heardOf = Math.max(heardOf, event.seq);
      if (message === undefined) return "missing";
      known.set(event.seq, applyChange(message, event));
      shown = undefined;
      return event.type === "message.edited" && event.message === undefined ? "missing" : "known";
    },
    /**
     * Of messages that were answered: what the answer may not know yet is put upon it again, and what came long enough
     * before it was asked for is settled.
     */
    settle(answered: Iterable<number>, askedAt: number): void {
      for (const seq of answered) {
        const late = unsettled.settle(seq, askedAt);
        const message = known.get(seq);
        if (message !== undefined) known.set(seq, late.reduce(applyChange, message));
      }
      shown = undefined;
    },
    unsettled: unsettled.late,
    /** A message that cannot be read any more: nothing is to be settled. */
    drop(seq: number): void {
      unsettled.drop(seq);
      known.delete(seq);
      shown = undefined;
    },
  };
  return log;
}

export type MessageLog = ReturnType<typeof createMessageLog>;
