import { setTimeout as wait } from "node:timers/promises";
import type { ChannelKey, Taking } from "../table/channel-heads.ts";
import {
  blockEndingAt,
  blocksToRemember,
  findSeq,
  type HeadNonces,
  LAG,
  type Memory,
  withBlocks,
  withHead,
} from "../table/message-nonces.ts";
import { TableBusy } from "../table/transaction.ts";
import type { MessageLog } from "./message-log.ts";

/** Where a nonce's message belongs: at a `seq` that is new, or that this nonce got before. */
export type Place =
  | { readonly kind: "new"; readonly seq: number; readonly fullBlock: ReadonlyMap<number, Uint8Array> }
  | { readonly kind: "known"; readonly seq: number }
  | { readonly kind: "fenced"; readonly fencedAt: number }
  | { readonly kind: "archived" }
  | { readonly kind: "no-channel" };

const ATTEMPTS = 20;
const ATTEMPTS_AT_ONCE = 4;
const BACKOFF_MS = 20;

/**
 * The memory caught up with the head that was just seen. It is read anew if it is older than what the head holds. If
 * the pages still lag, whoever filled the missing blocks crashed before paging them: the head has kept their hashes.
 */
async function caughtUp(
  log: MessageLog,
  channel: ChannelKey,
  memory: Memory,
  head: HeadNonces,
): Promise<Memory> {
  const current = head.seq - memory.newest <= LAG ? withHead(memory, head) : undefined;
  if (current !== undefined) return current;
  const read = await log.memory(channel, { isConsistent: true });
  const missing = head.seq - read.newest <= LAG ? new Map() : blocksToRemember(head, read);
  if (missing.size > 0) await log.remember(channel, missing);
  const whole = withBlocks(read, missing);
  return withHead(whole, head) ?? whole;
}

/**
 * MSG-2, MSG-3: the place for the message with this nonce hash.
 * @throws TableBusy when the channel is written faster than we catch up with it
 */
export async function findPlace(
  log: MessageLog,
  channel: ChannelKey,
  { hash, known, ...taking }: { hash: string; known: Memory } & Taking,
): Promise<Place> {
  let memory = known;
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    const remembered = findSeq(memory, hash);
    if (remembered !== undefined) return { kind: "known", seq: remembered };
    const taken = await log.takeSeq(channel, hash, memory, taking);
    if (taken.kind === "taken") {
      return { kind: "new", seq: taken.head.seq, fullBlock: blockEndingAt(taken.head) };
    }
    if (taken.kind !== "behind") return taken;
    memory = await caughtUp(log, channel, memory, taken.head);
    if (count % ATTEMPTS_AT_ONCE === 0) await wait(Math.random() * BACKOFF_MS * count);
  }
  throw new TableBusy();
}
