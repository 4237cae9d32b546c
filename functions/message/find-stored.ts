import type { ChannelKey } from "../table/channel-heads.ts";
import { findSeq, nonceHash } from "../table/message-nonces.ts";
import type { Message } from "../table/messages.ts";
import type { MessageLog } from "./message-log.ts";
import { SALTS } from "./place-message.ts";

/**
 * MSG-3: the message that was stored under this nonce, if one was. Asked where a post is about to be refused for what has
 * changed meanwhile (a thread's first message was deleted): its repetition is still answered with what the first run did.
 */
export async function findStored(
  log: MessageLog,
  channel: ChannelKey,
  { authorId, nonce }: { authorId: string; nonce: string },
): Promise<Message | undefined> {
  const [memory, nonces] = await Promise.all([
    log.memory(channel, { isConsistent: true }),
    log.nonces(channel),
  ]);
  for (let salt = 0; salt < SALTS; salt += 1) {
    const hash = nonceHash(authorId, nonce, salt);
    const seq = nonces[hash] ?? findSeq(memory, hash);
    if (seq === undefined) return undefined;
    const found = await log.get(channel, seq);
    const isTheirs = found?.authorId === authorId && found.authorKind !== "system";
    if (isTheirs && found.nonce === nonce) return found;
  }
  return undefined;
}
