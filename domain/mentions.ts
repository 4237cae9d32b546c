import { readableParts } from "./markdown-prose.ts";

/** MSG-10: how many different people and groups one message mentions; what goes beyond is text. */
export const MAX_MENTIONS = 20;

/** Handles of people and names of groups have at most so many characters. */
const NAME_MAX_CHARACTERS = 64;

/** Mentions everybody in the channel. */
const WHOLE_CHANNEL = "channel";

/** Whom a text mentions, before anybody is looked up: the names as written, in small letters. */
export type Mentions = { readonly isChannel: boolean; readonly names: readonly string[] };

/** An `@` that does not go on from a word, and is not escaped. */
const MENTION = /(?<![\p{L}\p{N}\p{M}_@\\])@([\p{L}\p{N}][\p{L}\p{N}\p{M}._-]*)/gu;

/** What a name does not end with; looked for once, where a run of it begins. */
const AFTER_NAME = /(?<![._-])[._-]+$/u;

/** Web addresses, in which an `@` is nobody. */
const WEB_ADDRESS = /\b[a-z][a-z0-9+.-]{0,15}:\/\/\S+/giu;

/** MSG-10: the mentions of a Markdown text: `@handle`, `@group`, `@channel`; none in code, in words or in addresses. */
export function mentionsIn(text: string): Mentions {
  const names = new Set<string>();
  let isChannel = false;
  if (!text.includes("@")) return { isChannel, names: [] };
  for (const part of readableParts(text)) {
    const prose = part.replaceAll(WEB_ADDRESS, " ");
    for (const { 0: whole, 1: word = "", index } of prose.matchAll(MENTION)) {
      if (prose.at(index + whole.length) === "@") continue;
      const name = word.replace(AFTER_NAME, "").toLowerCase();
      if (name === WHOLE_CHANNEL) isChannel = true;
      else if (name.length <= NAME_MAX_CHARACTERS && names.size < MAX_MENTIONS) names.add(name);
    }
  }
  return { isChannel, names: [...names] };
}

/** The names of groups that a mention may stand for: as written, and with a space for each dot, hyphen and underscore. */
export function groupNamesFor(name: string): string[] {
  return [...new Set([name, name.replaceAll(/[._-]+/gu, " ")])];
}
