import { ASSISTANT } from "@vestibule/domain/assistant-name";
import { placeUnasked } from "../message/place-unasked.ts";
import { newId } from "../shell/ids.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import { assistantId } from "../table/keys.ts";
import type { Message } from "../table/messages.ts";
import type { Table } from "../table/table.ts";

/**
 * BOT-1: a message of the assistant's, tagged `bot`; the same nonce is said once, however often (MSG-3). With `root` it is a
 * reply in that message's thread, and nothing is said where that was deleted (MSG-8).
 */
export async function say(
  table: Table,
  channel: ChannelKey,
  {
    text,
    nonce,
    root,
  }: { readonly text: string; readonly nonce: string; readonly root?: Message | undefined },
): Promise<void> {
  const draft = {
    messageId: newId("message"),
    authorKind: "bot",
    authorId: assistantId(channel.organizationId),
    authorName: ASSISTANT.name,
    text,
    nonce,
  } as const;
  await placeUnasked(table, channel, draft, root);
}
