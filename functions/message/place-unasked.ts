import type { ChannelKey } from "../table/channel-heads.ts";
import type { Message } from "../table/messages.ts";
import { isoTime, type Table } from "../table/table.ts";
import { messageLog } from "./message-log.ts";
import { type Draft, type Placed, placeMessage } from "./place-message.ts";

/**
 * Gives a message its place that rests on nobody's right to post: the system's records (MSG-12) and what the assistant says
 * (BOT-1), once for their nonce, in an archived channel too. With `root` it is a reply in that message's thread (MSG-8).
 */
export async function placeUnasked(
  table: Table,
  channel: ChannelKey,
  draft: Draft,
  root?: Message | undefined,
): Promise<Placed> {
  const log = messageLog(table);
  const memory = await log.memory(channel, { isConsistent: false });
  return await placeMessage(
    { log, now: () => isoTime(Date.now()) },
    channel,
    root === undefined ? draft : { ...draft, replyTo: root.seq },
    { memory, grounds: { isSystem: true }, along: { mentionedIds: [], root } },
  );
}
