import type { Channel } from "@vestibule/client/types";
import { listed } from "./dates.ts";
import { say } from "./language.ts";
import { kindOf, nameOf } from "./people-names.ts";
import { isMe } from "./workplace.ts";

/** The others in a conversation. */
export function othersIn({ userIds = [] }: Channel): string[] {
  return userIds.filter((userId) => !isMe(userId));
}

export function isConversation({ type }: Channel): boolean {
  return type === "direct" || type === "group";
}

/** What a channel is called: a conversation by the names of the others in it. */
export function titleOf(channel: Channel): string {
  if (!isConversation(channel)) return channel.name;
  const names = othersIn(channel).map(nameOf);
  return names.length === 0 ? say().justYou : listed(names.sort((one, other) => one.localeCompare(other)));
}

/** Whether a conversation is with the assistant (BOT-1). */
export function isWithBot(channel: Channel): boolean {
  return channel.type === "direct" && othersIn(channel).some((userId) => kindOf(userId) === "bot");
}
