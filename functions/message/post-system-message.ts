import { newId } from "../shell/ids.ts";
import type { ChannelKey } from "../table/channel-heads.ts";
import type { SystemFacts } from "../table/intents.ts";
import type { Table } from "../table/table.ts";
import { placeUnasked } from "./place-unasked.ts";
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
  const draft = {
    messageId: newId("message"),
    authorKind: "system",
    authorId: system.actorId,
    authorName: actorName,
    text: systemSentence(actorName, system),
    nonce: intentId,
    system,
  } as const;
  await placeUnasked(table, channel, draft);
}
