import type * as z from "zod";
import { type NotInChannel, type postedShape, presentMessage } from "../contract/message.ts";
import type { Message } from "../table/messages.ts";

/** A message as its author is answered, with those whom its text mentions in vain (MSG-10). */
export function presentPosted(
  channelId: string,
  { message, notInChannel }: { readonly message: Message; readonly notInChannel: readonly NotInChannel[] },
  userId: string,
): z.infer<typeof postedShape> {
  return {
    ...presentMessage(channelId, message, userId),
    ...(notInChannel.length === 0 ? {} : { notInChannel: [...notInChannel] }),
  };
}
