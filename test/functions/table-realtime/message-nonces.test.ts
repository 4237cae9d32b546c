import fc from "fast-check";
import { expect, test } from "vitest";
import {
  BLOCK,
  blockEndingAt,
  blockOf,
  blocksToRemember,
  findSeq,
  forgettable,
  memoryOf,
  nonceHash,
  WINDOW,
  withBlocks,
  withHead,
} from "../../../functions/table/message-nonces.ts";

const hashOf = (seq: number): string => nonceHash("usr_a", `n${seq}`, 0);

/** A head that holds the nonces of these messages. */
function headOf(from: number, seq: number) {
  const nonces: Record<string, number> = {};
  for (let at = from; at <= seq; at += 1) nonces[hashOf(at)] = at;
  return { seq, nonces };
}

/** The blocks of a channel of `count` blocks. */
const blocksOf = (count: number) => blocksToRemember(headOf(1, count * BLOCK), memoryOf(new Map(), 0));

test("MSG-3 a hash is four characters of person, nonce and salt", () => {
  expect(nonceHash("usr_a", "n", 0)).toMatch(/^[\w-]{4}$/u);
  const others = [nonceHash("usr_b", "n", 0), nonceHash("usr_a", "m", 0), nonceHash("usr_a", "n", 1)];
  expect(others).not.toContain(nonceHash("usr_a", "n", 0));
});

test("blocks start at 1, 25, 49", () => {
  expect([1, 24, 25, 48, 49].map(blockOf)).toEqual([0, 0, 1, 1, 2]);
});

test("every message of every block is found, and nothing else", () => {
  const memory = memoryOf(blocksOf(20), 0);
  expect(memory.newest).toBe(20 * BLOCK);
  for (let seq = 1; seq <= 20 * BLOCK; seq += 1) expect(findSeq(memory, hashOf(seq))).toBe(seq);
  expect(findSeq(memory, hashOf(20 * BLOCK + 1))).toBeUndefined();
});

test("a block ahead of a missing one is searched, but the row ends before the gap", () => {
  const blocks = blocksOf(4);
  const ahead = blocks.get(2) ?? new Uint8Array();
  blocks.delete(2);
  const memory = memoryOf(blocks, 0);
  expect(memory.newest).toBe(2 * BLOCK);
  expect(findSeq(memory, hashOf(4 * BLOCK))).toBe(4 * BLOCK);
  expect(withBlocks(memory, new Map([[2, ahead]])).newest).toBe(4 * BLOCK);
});

test("the head may forget what is paged and a window behind, never what is not", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12 }), (count) => {
      const memory = memoryOf(blocksOf(count), 0);
      const forgotten = forgettable(memory).map((hash) => findSeq(memory, hash));
      const upTo = Math.max(0, count * BLOCK - WINDOW);
      const from = Math.max(1, upTo - 4 * BLOCK + 1);
      expect(forgotten).toEqual(Array.from({ length: upTo - from + 1 }, (_, index) => from + index));
    }),
  );
});

test("whoever completes a block pages it, the others nothing", () => {
  expect([...blockEndingAt(headOf(1, 23)).keys()]).toEqual([]);
  expect([...blockEndingAt(headOf(1, 24)).keys()]).toEqual([0]);
  expect([...blockEndingAt(headOf(1, 25)).keys()]).toEqual([]);
  expect([...blockEndingAt(headOf(20, 72)).keys()]).toEqual([2]);
  expect(blockEndingAt(headOf(1, 24)).get(0)).toEqual(blocksOf(1).get(0));
});

test("a head that continues what is remembered tells up to where the nonce is unused; one with a gap does not", () => {
  const memory = memoryOf(blocksOf(1), 0);
  expect(withHead(memory, headOf(25, 70))).toMatchObject({ newest: 24, knownTo: 70 });
  expect(withHead(memory, headOf(10, 70))).toMatchObject({ newest: 24, knownTo: 70 });
  expect(withHead(memory, headOf(26, 70))).toBeUndefined();
});
