import { answerAlone, answerTo, briefing } from "@vestibule/domain/assistant";
import { calculationIn } from "@vestibule/domain/assistant-words";
import { logger } from "../shell/logger.ts";
import type { Brain, Question, Turn } from "./brain.ts";
import { type ChatMessage, completeChat, type Endpoint } from "./complete-chat.ts";

/** How much of each earlier message an endpoint is told. */
const REMEMBERED_CHARACTERS = 2_000;

const told = ({ by, text }: Turn): ChatMessage => ({
  role: by === "person" ? "user" : "assistant",
  content: text.slice(0, REMEMBERED_CHARACTERS).toWellFormed(),
});

function messagesOf({ text, asker, history }: Question): ChatMessage[] {
  return [
    { role: "system", content: briefing(asker) },
    ...history.map(told),
    { role: "user", content: text },
  ];
}

/**
 * BOT-3: an endpoint in the place of the built-in brain. It is told this one conversation and what the asker may do, no
 * name and no address. Sums stay with the built-in brain, which does not guess; so does everything while the endpoint
 * fails, and what is asked in a hurry, and then the answer says so.
 */
export function endpointBrain(endpoint: Endpoint, { silenceMs }: { silenceMs?: number } = {}): Brain {
  return {
    answer: async (question) => {
      const { text, asker, budgetMs, isHurried = false } = question;
      if (calculationIn(text) !== undefined) return answerTo(text, asker).text;
      if (isHurried) return answerAlone(text, asker);
      try {
        return await completeChat(endpoint, messagesOf(question), {
          budgetMs,
          ...(silenceMs === undefined ? {} : { silenceMs }),
        });
      } catch (error) {
        logger.warn("no answer from the endpoint", { why: error instanceof Error ? error.message : "" });
        return answerAlone(text, asker);
      }
    },
  };
}
