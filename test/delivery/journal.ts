import { VestibuleProblem } from "@vestibule/client/problem";
import type { PlaceName } from "./plan.ts";

/** What was tried: posts, changes of messages, and who comes into a channel and goes. */
export type EntryKind =
  | "post"
  | "edit"
  | "delete"
  | "react"
  | "unreact"
  | "pin"
  | "unpin"
  | "read"
  | "come"
  | "go"
  | "expel";

/** `unknown`: no answer came, or one that does not tell whether it was done. */
export type Outcome = "under-way" | "acknowledged" | "refused" | "unknown";

export type Entry = {
  readonly kind: EntryKind;
  /** Whose it is: the author, or the one who comes or goes. */
  readonly userId: string;
  readonly place: PlaceName;
  readonly channelId: string;
  readonly startedAt: number;
  readonly text?: string;
  readonly nonce?: string;
  readonly emoji?: string;
  readonly replyTo?: number;
  seq?: number;
  endedAt: number;
  outcome: Outcome;
  problem?: string;
};

export type Draft = Omit<Entry, "startedAt" | "endedAt" | "outcome" | "problem">;

function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof VestibuleProblem)) return "unknown";
  return error.status < 500 && error.status !== 429 ? "refused" : "unknown";
}

/** Everything that was tried in a seed's world, in the order in which it began. */
export function createJournal() {
  const entries: Entry[] = [];
  const open = new Set<Promise<unknown>>();

  async function follow<Answer>(entry: Entry, work: Promise<Answer>, seen: (answer: Answer) => void) {
    try {
      const answer = await work;
      seen(answer);
      entry.outcome = "acknowledged";
    } catch (error) {
      entry.outcome = outcomeOf(error);
      entry.problem = error instanceof VestibuleProblem ? `${error.status} ${error.code}` : String(error);
    }
    entry.endedAt = performance.now();
  }

  return {
    entries: entries as readonly Entry[],
    /** Tries something; resolves when its outcome is known, whatever it is. */
    attempt<Answer>(
      draft: Draft,
      work: () => Promise<Answer>,
      seen: (answer: Answer, entry: Entry) => void = () => undefined,
    ): Promise<void> {
      const entry: Entry = {
        ...draft,
        startedAt: performance.now(),
        endedAt: Number.POSITIVE_INFINITY,
        outcome: "under-way",
      };
      entries.push(entry);
      const done = follow(entry, work(), (answer) => seen(answer, entry)).finally(() => open.delete(done));
      open.add(done);
      return done;
    },
    /** When nothing is under way any more. */
    async isOver(): Promise<void> {
      while (open.size > 0) await Promise.all(open);
    },
    underWay: () => entries.filter(({ outcome }) => outcome === "under-way"),
  };
}

export type Journal = ReturnType<typeof createJournal>;
