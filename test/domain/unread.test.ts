import { unreadOf } from "@vestibule/domain/unread";
import fc from "fast-check";
import { expect, test } from "vitest";

test.each([
  [
    { lastSeq: 9, lastReadSeq: 7, mentionedAt: [] },
    { unread: 2, mentions: 0 },
  ],
  [
    { lastSeq: 9, lastReadSeq: 0, mentionedAt: [3, 9, 3] },
    { unread: 9, mentions: 2 },
  ],
  [
    { lastSeq: 9, lastReadSeq: 5, mentionedAt: [3, 5, 6, 10] },
    { unread: 4, mentions: 1 },
  ],
  [
    { lastSeq: 3, lastReadSeq: 5, mentionedAt: [4, 6] },
    { unread: 0, mentions: 0 },
  ],
])("MSG-11 of %j there is unread %j", (state, counts) => {
  expect(unreadOf(state)).toEqual(counts);
});

test("MSG-11 there are never more mentions than messages unread", () => {
  const seq = fc.nat(50);
  fc.assert(
    fc.property(seq, seq, fc.array(seq), (lastSeq, lastReadSeq, mentionedAt) => {
      const { unread, mentions } = unreadOf({ lastSeq, lastReadSeq, mentionedAt });
      expect(mentions).toBeLessThanOrEqual(unread);
    }),
  );
});
