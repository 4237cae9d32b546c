import { calculate, shownNumber } from "./arithmetic.ts";
import { ASSISTANT_PHRASES, type AssistantPhrases } from "./assistant-phrases.ts";
import { TOPICS, type Topic, topicsFor, verdictOn } from "./assistant-topics.ts";
import { calculationIn, wishOf } from "./assistant-words.ts";
import { explainDenial } from "./decision.ts";
import type { Standing } from "./people.ts";
import type { Locale } from "./vocabulary.ts";

/** Who talks with the assistant, and of which organization it is. */
export type Asker = {
  readonly standing: Standing;
  readonly locale: Locale;
  readonly firstName: string;
  readonly organizationName: string;
};

function listOf({ youMay, topics }: AssistantPhrases, offered: readonly Topic[]): string {
  return [youMay, ...offered.map((topic) => `- ${topics[topic]}`)].join("\n");
}

/** BOT-4: what is offered is what the permission table lets them do, to guests as to members. */
function offers(asker: Asker): string {
  return listOf(ASSISTANT_PHRASES[asker.locale], topicsFor(asker.standing));
}

/** INV-17, BOT-4: how a newcomer is welcomed, in their language, with nothing that they would be refused. */
export function welcome(newcomer: Asker): string {
  const { standing, locale, firstName, organizationName } = newcomer;
  const phrases = ASSISTANT_PHRASES[locale];
  const greet = standing.kind === "guest" ? phrases.welcomeGuest : phrases.welcome;
  const named = firstName === "" ? "" : `, ${firstName},`;
  const greeting = greet(named, organizationName).replace(/,(\s?[!.])/u, "$1");
  return [greeting, offers(newcomer), phrases.askMe].join("\n\n");
}

function help(asker: Asker): string {
  return [ASSISTANT_PHRASES[asker.locale].iCan, offers(asker)].join("\n\n");
}

function onTopic(topic: Topic, { standing, locale }: Asker): string {
  const phrases = ASSISTANT_PHRASES[locale];
  const act = phrases.topics[topic];
  const verdict = verdictOn(topic, standing);
  switch (verdict.kind) {
    case "yes":
      return phrases.yes(act);
    case "as-admin":
      return phrases.asAdmin(act);
    case "no": {
      const { code, rule } = verdict.denied;
      return phrases.no(act, phrases.reasons[code] ?? explainDenial(verdict.denied), rule);
    }
  }
}

function worked(calculation: string, { locale }: Asker): string {
  const result = calculate(calculation);
  if (result.kind === "fault") return ASSISTANT_PHRASES[locale].faults[result.fault];
  return `${calculation.replaceAll("*", "×").replaceAll("××", "^")} = ${shownNumber(result.value)}`;
}

/** What the assistant says, and whether it knew what was asked. */
export type AssistantAnswer = { readonly text: string; readonly isUnderstood: boolean };

/** BOT-3: what the built-in assistant answers: arithmetic, what the rules allow the one who asks, and help. */
export function answerTo(question: string, asker: Asker): AssistantAnswer {
  const calculation = calculationIn(question);
  if (calculation !== undefined) return { text: worked(calculation, asker), isUnderstood: true };
  const wish = wishOf(question);
  switch (wish.kind) {
    case "topic":
      return { text: onTopic(wish.topic, asker), isUnderstood: true };
    case "everything":
      return { text: offers(asker), isUnderstood: true };
    case "help":
      return { text: help(asker), isUnderstood: true };
    case "unknown": {
      const { notUnderstood, askMe } = ASSISTANT_PHRASES[asker.locale];
      return { text: `${notUnderstood} ${askMe}`, isUnderstood: false };
    }
  }
}

/** BOT-3: the built-in answer in the place of another brain's, which is away, and says so. */
export function answerAlone(question: string, asker: Asker): string {
  return `${ASSISTANT_PHRASES[asker.locale].brainAway}\n\n${answerTo(question, asker).text}`;
}

/**
 * BOT-3, BOT-4: what another brain is told of who asks: the language, and what they may and may not do. No name is in it.
 */
export function briefing({ standing, locale }: Asker): string {
  const { topics } = ASSISTANT_PHRASES.en;
  const acts = (kind: ReturnType<typeof verdictOn>["kind"]): string =>
    TOPICS.filter((topic) => verdictOn(topic, standing).kind === kind)
      .map((topic) => topics[topic])
      .join("; ");
  return [
    "You are the assistant of an organization's team chat, in a direct conversation with one person.",
    `Answer in the language with the code "${locale}" unless you are written to in another. Be brief; Markdown is shown.`,
    `They are a ${standing.kind} of the organization. They may: ${acts("yes") || "nothing"}.`,
    `Only in channels that they administer: ${acts("as-admin") || "nothing"}. They may not: ${acts("no") || "nothing"}.`,
    "Suggest nothing that they may not do. You cannot act for anybody and you see no other conversation.",
  ].join("\n");
}
