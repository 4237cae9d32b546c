import type { SystemMessageKind } from "@vestibule/domain/vocabulary";
import type { SystemFacts } from "../table/intents.ts";

type Facts = { readonly who: string; readonly people: string; readonly text: string };

const SENTENCES: Record<SystemMessageKind, (facts: Facts) => string> = {
  joined: ({ who }) => `${who} joined the channel.`,
  left: ({ who }) => `${who} left the channel.`,
  added: ({ who, people }) => `${who} added ${people} to the channel.`,
  removed: ({ who, people }) => `${who} removed ${people} from the channel.`,
  renamed: ({ who, text }) => `${who} renamed the channel to “${text}”.`,
  "header-changed": ({ who, text }) =>
    text === "" ? `${who} removed the header.` : `${who} changed the header to “${text}”.`,
  "purpose-changed": ({ who, text }) =>
    text === "" ? `${who} removed the purpose.` : `${who} changed the purpose to “${text}”.`,
  archived: ({ who }) => `${who} archived the channel.`,
  restored: ({ who }) => `${who} restored the channel.`,
  "made-public": ({ who }) => `${who} made the channel public.`,
  "made-private": ({ who }) => `${who} made the channel private.`,
  "call-started": ({ who }) => `${who} started a call.`,
  "call-ended": () => "The call has ended.",
  "role-changed": ({ who, people }) => `${who} changed the channel role of ${people}.`,
};

/** Who was added or removed: some people or, where nobody is named, a group. */
function named(userIds: readonly string[] | undefined): string {
  if (userIds === undefined) return "a group";
  return userIds.length === 1 ? "one person" : `${userIds.length} people`;
}

/** MSG-12 in English, for clients that do not tell it from `system` themselves. */
export function systemSentence(actorName: string, { kind, userIds, text = "" }: SystemFacts): string {
  return SENTENCES[kind]({ who: actorName, people: named(userIds), text });
}
