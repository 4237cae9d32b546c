import { setTimeout as wait } from "node:timers/promises";
import type { ChannelKey, Taken } from "../table/channel-heads.ts";
import {
  blockEndingAt,
  blocksToRemember,
  findSeq,
  type Memory,
  withBlocks,
} from "../table/message-nonces.ts";
import { TableBusy } from "../table/transaction.ts";
import type { MessageLog } from "./message-log.ts";

/** Where a nonce's message belongs: at a `seq` that is new, or that this nonce got before. */
export type Place =
  | { readonly kind: "new"; readonly seq: number; readonly fullBlock: ReadonlyMap<number, Uint8Array> }
  | { readonly kind: "known"; readonly seq: number }
  | { readonly kind: "archived" }
  | { readonly kind: "no-channel" };

const ATTEMPTS = 8;
const BACKOFF_MS = 10;

type Behind = Extract<Taken, { kind: "behind" }>;

/**
 * The memory as it is now. If its pages still lag behind the head, whoever filled the missing blocks crashed before
 * paging them: the head has kept their hashes, so we do it.
 */
async function caughtUp(log: MessageLog, channel: ChannelKey, { head }: Behind): Promise<Memory> {
  const memory = await log.memory(channel, { isConsistent: true });
  const missing = blocksToRemember(head.nonces, head.seq, memory);
  if (missing.size === 0) return memory;
  await log.remember(channel, missing);
  return withBlocks(memory, missing);
}

/**
 * MSG-2, MSG-3: the place for the message with this nonce hash.
 * @throws TableBusy when the channel is written faster than we catch up with it
 */
export async function findPlace(
  log: MessageLog,
  channel: ChannelKey,
  hash: string,
  known: Memory,
): Promise<Place> {
  let memory = known;
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    const remembered = findSeq(memory, hash);
    if (remembered !== undefined) return { kind: "known", seq: remembered };
    const taken = await log.takeSeq(channel, hash, memory);
    if (taken.kind === "taken") {
      const { seq, nonces } = taken.head;
      return { kind: "new", seq, fullBlock: blockEndingAt(nonces, seq) };
    }
    if (taken.kind !== "behind") return taken;
    memory = await caughtUp(log, channel, taken);
    if (count > 1) await wait(Math.random() * BACKOFF_MS * 2 ** count);
  }
  throw new TableBusy();
}
