import { allow, type Decision, type Denied, deny, firstDenial } from "./decision.ts";
import { type MessageActor, notArchived } from "./messages.ts";
import { permit } from "./permissions.ts";

/** MSG-9: different emojis on one message. */
export const MAX_EMOJIS = 50;

/** MSG-9: of those who used an emoji, the first are named on the message itself; all of them are in its list. */
export const MAX_NAMED_REACTORS = 50;

/** With so many named in all, a message still goes into one frame of a reply, whatever its text. */
const MAX_NAMED_IN_ALL = 500;

/** MSG-9: whether a message names one more of those who use an emoji. */
export function namesOneMore(named: { readonly ofEmoji: number; readonly inAll: number }): boolean {
  return named.ofEmoji < MAX_NAMED_REACTORS && named.inAll < MAX_NAMED_IN_ALL;
}

/** All emojis that there are: reading this takes 30 ms, which a function would spend each time it starts. */
const EMOJI = "^\\p{RGI_Emoji}$";
let emoji: RegExp | undefined;

/** The pattern is read when the first emoji comes. */
function isEmoji(text: string): boolean {
  emoji ??= new RegExp(EMOJI, "v");
  return emoji.test(text);
}

const NAME = /^:[a-z0-9_+-]{1,32}:$/u;
/** Asks for the coloured form of a character that has a plain one, too: ❤ is the same reaction as ❤️. */
const AS_EMOJI = "\u{FE0F}";

/** How the same emoji may be written: without all of what asks for colour, or with more of it than is usual. */
function formsOf(text: string): string[] {
  const bare = text.replaceAll(AS_EMOJI, "");
  const [first = "", ...rest] = bare;
  const begun = `${first}${AS_EMOJI}${rest.join("")}`;
  return [text, `${text}${AS_EMOJI}`, bare, begun, `${begun}${AS_EMOJI}`];
}

/** A family of four with its joiners, and more. */
const MOST_UNITS = 40;

/**
 * MSG-9: the emoji that a text is, in its usual form, or the name of one (`:wave:`); `undefined` if it is neither. However a
 * keyboard writes it, it is the same reaction.
 */
export function emojiOf(text: string): string | undefined {
  if (NAME.test(text)) return text;
  return text.length > MOST_UNITS ? undefined : formsOf(text).find(isEmoji);
}

/** MSG-9: the refusal of what is no emoji. */
export const notAnEmoji = (): Denied => deny("emoji-invalid", "MSG-9");

/** MSG-9, CH-7: any reader reacts, and takes their reaction back, while the channel is not archived. */
export function mayReact(facts: MessageActor): Decision {
  return firstDenial(permit("message.react", facts), notArchived(facts));
}

/** MSG-9: whether a message takes one more: what was deleted none, and a full one no other emoji. */
export function allowsReaction(message: {
  readonly isDeleted: boolean;
  readonly emojis: ReadonlySet<string>;
  readonly emoji: string;
}): Decision {
  if (message.isDeleted) return deny("message-deleted", "MSG-9");
  const isRoom = message.emojis.has(message.emoji) || message.emojis.size < MAX_EMOJIS;
  return isRoom ? allow() : deny("too-many-reactions", "MSG-9", { limit: MAX_EMOJIS });
}
