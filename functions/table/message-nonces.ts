import { createHash } from "node:crypto";

/**
 * What a channel remembers of its nonces (MSG-3); the whole design is told in docs/adr/0003-message-nonces.md.
 * The head item knows the newest ones; blocks of 24 consecutive messages go to pages of 12 blocks, three bytes a message.
 */
export const BLOCK = 24;

/** How far the head may run ahead of what a poster remembers, and how long a nonce stays in the head after it is paged. */
export const WINDOW = 2 * BLOCK;

/** How far the head may be ahead of the pages before they are read anew, or taken for abandoned. */
export const LAG = 2 * BLOCK;

/**
 * How many hashes a post takes out of the head. One post's memory is at most `LAG + WINDOW` older than the next one's,
 * so that with this many no hash is left behind in the head for ever.
 */
const FORGOTTEN_AT_ONCE = LAG + WINDOW;

const HASH_BYTES = 3;

/**
 * The short hash under which a nonce is remembered. Two nonces may share one: what it finds is compared with the
 * message itself, and the next salt is tried when that is another one.
 */
export function nonceHash(userId: string, nonce: string, salt: number): string {
  return createHash("sha256")
    .update(`${userId}\n${nonce}\n${salt}`)
    .digest()
    .subarray(0, HASH_BYTES)
    .toString("base64url");
}

/**
 * Hashes of past messages: whole blocks by their number. All blocks up to the message `newest` are among them, or too
 * old. `knownTo`: up to there the nonce in question is known not to be used, be it from the head.
 */
export type Memory = {
  readonly newest: number;
  readonly knownTo: number;
  readonly blocks: ReadonlyMap<number, Uint8Array>;
};

/** The block a message belongs to, from 0. */
export function blockOf(seq: number): number {
  return Math.floor((seq - 1) / BLOCK);
}

const firstSeqOf = (block: number): number => block * BLOCK + 1;
const lastSeqOf = (block: number): number => (block + 1) * BLOCK;

/**
 * The memory made of these blocks. `newest` is where the unbroken row ends: a block that was written before its
 * predecessor counts once that one is there. `firstBlock` is where the row starts.
 */
export function memoryOf(blocks: ReadonlyMap<number, Uint8Array>, firstBlock: number): Memory {
  let next = firstBlock;
  while (blocks.has(next)) next += 1;
  return { newest: next * BLOCK, knownTo: next * BLOCK, blocks };
}

/** The memory with further blocks. */
export function withBlocks(memory: Memory, added: ReadonlyMap<number, Uint8Array>): Memory {
  const { newest, blocks } = memoryOf(new Map([...memory.blocks, ...added]), memory.newest / BLOCK);
  return { newest, knownTo: Math.max(memory.knownTo, newest), blocks };
}

/** The nonces that the head holds: its last `seq`, and the hashes of the latest messages without a gap. */
export type HeadNonces = { readonly seq: number; readonly nonces: Readonly<Record<string, number>> };

/** The memory of somebody who has seen that the head does not hold their nonce; `undefined` if the two leave a gap. */
export function withHead(memory: Memory, head: HeadNonces): Memory | undefined {
  const held = new Set(Object.values(head.nonces));
  for (let seq = head.seq; seq > memory.newest; seq -= 1) if (!held.has(seq)) return undefined;
  return { ...memory, knownTo: head.seq };
}

/** The latest message remembered under this hash. */
export function findSeq(memory: Memory, hash: string): number | undefined {
  const wanted = Buffer.from(hash, "base64url");
  let found: number | undefined;
  for (const [block, bytes] of memory.blocks) {
    for (let index = 0; index < BLOCK; index += 1) {
      const seq = firstSeqOf(block) + index;
      const at = index * HASH_BYTES;
      if (wanted.equals(bytes.subarray(at, at + HASH_BYTES))) found = Math.max(found ?? 0, seq);
    }
  }
  return found;
}

/** The hashes that the head needs no longer: paged, and a window behind what is remembered. */
export function forgettable(memory: Memory): string[] {
  const upTo = memory.newest - WINDOW;
  const hashes: string[] = [];
  for (let seq = Math.max(1, upTo - FORGOTTEN_AT_ONCE + 1); seq <= upTo; seq += 1) {
    const bytes = memory.blocks.get(blockOf(seq));
    const at = ((seq - 1) % BLOCK) * HASH_BYTES;
    if (bytes !== undefined)
      hashes.push(Buffer.from(bytes.subarray(at, at + HASH_BYTES)).toString("base64url"));
  }
  return hashes;
}

/** The blocks that are complete in the head's nonces and not remembered yet. */
export function blocksToRemember({ seq, nonces }: HeadNonces, memory: Memory): Map<number, Uint8Array> {
  const hashOf = hashesBySeq(nonces);
  const blocks = new Map<number, Uint8Array>();
  for (let block = memory.newest / BLOCK; lastSeqOf(block) <= seq; block += 1) {
    const bytes = memory.blocks.has(block) ? undefined : blockBytes(hashOf, block);
    if (bytes !== undefined) blocks.set(block, bytes);
  }
  return blocks;
}

/** The block that ends with the head's last message, if one does. */
export function blockEndingAt({ seq, nonces }: HeadNonces): Map<number, Uint8Array> {
  const bytes = seq % BLOCK === 0 ? blockBytes(hashesBySeq(nonces), blockOf(seq)) : undefined;
  return new Map(bytes === undefined ? [] : [[blockOf(seq), bytes]]);
}

function hashesBySeq(nonces: HeadNonces["nonces"]): Map<number, string> {
  return new Map(Object.entries(nonces).map(([hash, seq]) => [seq, hash]));
}

function blockBytes(hashOf: ReadonlyMap<number, string>, block: number): Uint8Array | undefined {
  const bytes = Buffer.alloc(BLOCK * HASH_BYTES);
  for (let index = 0; index < BLOCK; index += 1) {
    const hash = hashOf.get(firstSeqOf(block) + index);
    if (hash === undefined) return undefined;
    bytes.set(Buffer.from(hash, "base64url"), index * HASH_BYTES);
  }
  return bytes;
}
