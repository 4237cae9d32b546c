import type { LiveEvent } from "../realtime/event-contract.ts";
import type { Message } from "../table/messages.ts";

type Place = { readonly channelId: string; readonly seq: number };

/** Whom `one` holds and `other` does not. */
function onlyIn(one: ReadonlySet<string> | undefined, other: ReadonlySet<string> | undefined): string[] {
  return [...(one ?? [])].filter((userId) => other?.has(userId) !== true);
}

/**
 * MSG-9: who came and who went, by emoji, as far as the message names them: it holds the first of each emoji. Of those
 * beyond, their own item tells (`ofReactor`).
 */
export function reactionEvents(place: Place, before: Message, after: Message): LiveEvent[] {
  const emojis = new Set([...Object.keys(before.reactions ?? {}), ...Object.keys(after.reactions ?? {})]);
  return [...emojis].flatMap((emoji) => {
    const [was, is] = [before.reactions?.[emoji], after.reactions?.[emoji]];
    const count = is?.count ?? 0;
    const event = (type: "reaction.added" | "reaction.removed") => (userId: string) => ({
      type,
      ...place,
      emoji,
      userId,
      count,
    });
    return [
      ...onlyIn(was?.userIds, is?.userIds).map(event("reaction.removed")),
      ...onlyIn(is?.userIds, was?.userIds).map(event("reaction.added")),
    ];
  });
}
