import { allow, type Decision, type Denied, deny, firstDenial } from "./decision.ts";
import { type MessageActor, notArchived } from "./messages.ts";
import { permit } from "./permissions.ts";

/** MSG-9: different emojis on one message. */
export const MAX_EMOJIS = 50;

/** MSG-9: of those who used an emoji, the first are named on the message itself; all of them are in its list. */
export const MAX_NAMED_REACTORS = 50;

const EMOJI = /^\p{RGI_Emoji}$/v;
const NAME = /^:[a-z0-9_+-]{1,32}:$/u;
/** Asks for the coloured form of a character that has a plain one, too: ❤ is the same reaction as ❤️. */
const AS_EMOJI = "\u{FE0F}";

/** MSG-9: the emoji that a text is, or the name of one (`:wave:`); `undefined` if it is neither. */
export function emojiOf(text: string): string | undefined {
  if (NAME.test(text) || EMOJI.test(text)) return text;
  const coloured = `${text}${AS_EMOJI}`;
  return EMOJI.test(coloured) ? coloured : undefined;
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
