import { newId } from "../shell/ids.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import type { SystemFacts } from "../table/intents.ts";
import { isoTime, type Table } from "../table/table.ts";
import { messageLog } from "./message-log.ts";
import { placeMessage } from "./place-message.ts";
import { systemSentence } from "./system-sentence.ts";

/** What a system message tells; the intent that it follows from makes it one, however often it is carried out. */
export type Announcement = {
  readonly intentId: string;
  readonly actorName: string;
  readonly system: SystemFacts;
};

/**
 * MSG-12: records in a channel what was done to it, once per intent, in an archived one too (CH-7). A channel that is
 * gone has nobody to tell.
 */
export async function postSystemMessage(
  table: Table,
  channel: ChannelKey,
  { intentId, actorName, system }: Announcement,
): Promise<void> {
  const log = messageLog(table);
  const memory = await log.memory(channel, { isConsistent: false });
  await placeMessage(
    { log, now: () => isoTime(Date.now()) },
    channel,
    {
      messageId: newId("message", Date.now()),
      authorKind: "system",
      authorId: system.actorId,
      authorName: actorName,
      text: systemSentence(actorName, system),
      nonce: intentId,
      system,
    },
    { memory, grounds: { isSystem: true } },
  );
}
