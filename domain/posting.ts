import { allow, type Decision, deny, firstDenial } from "./decision.ts";
import type { Standing } from "./people.ts";
import { permit } from "./permissions.ts";
import type { ChannelRelation, ChannelType } from "./vocabulary.ts";

/** MSG-1, counted in code points. */
export const MESSAGE_MAX_CHARACTERS = 16_000;

/** MSG-1: text stored as given, so what cannot be (half a character) is refused, and so are empty and over-long texts. */
export function checkText(text: string): Decision {
  if (text.trim() === "") return deny("message-empty", "MSG-1");
  if (exceeds(text, MESSAGE_MAX_CHARACTERS))
    return deny("message-too-long", "MSG-1", { limit: MESSAGE_MAX_CHARACTERS });
  return text.isWellFormed() ? allow() : deny("message-not-text", "MSG-1");
}

/** MSG-4, CH-7, GST-9: those in the channel post, unless it is archived. */
export function mayPost(facts: {
  readonly standing: Standing;
  readonly relation: ChannelRelation;
  readonly channelType?: ChannelType;
  readonly channel: { readonly isArchived: boolean };
}): Decision {
  return firstDenial(
    permit("message.post", facts),
    facts.channel.isArchived ? deny("channel-archived", "CH-7") : allow(),
  );
}

/** MSG-4, GST-9: those in the channel read, an archived one too (CH-7). */
export function mayRead(facts: {
  readonly standing: Standing;
  readonly relation: ChannelRelation;
  readonly channelType?: ChannelType;
}): Decision {
  return permit("message.read", facts);
}

/** A code point is one or two units, so that only texts between the two bounds need counting. */
function exceeds(text: string, characters: number): boolean {
  if (text.length <= characters) return false;
  return text.length > characters * 2 || [...text].length > characters;
}
