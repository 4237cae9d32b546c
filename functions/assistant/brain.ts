import { type Asker, answerTo } from "@vestibule/domain/assistant";

/** What was said before in a conversation with the assistant, the oldest first. */
export type Turn = { readonly by: "person" | "assistant"; readonly text: string };

/** What somebody asks, with all that a brain may know of them. */
export type Question = {
  readonly text: string;
  readonly asker: Asker;
  readonly history: readonly Turn[];
  /** How long an answer may take. */
  readonly budgetMs: number;
  /** Asked by somebody who asks faster than people do. */
  readonly isHurried?: boolean;
};

/** BOT-3: the port of what answers. It always has an answer, be it that it knows none. */
export type Brain = { answer(question: Question): Promise<string> };

/** BOT-3: help, arithmetic and what the rules allow; it needs nothing but itself. */
export const builtInBrain: Brain = {
  answer: async ({ text, asker }) => answerTo(text, asker).text,
};
