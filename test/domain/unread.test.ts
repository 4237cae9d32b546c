import { unreadOf } from "@vestibule/domain/unread";
import fc from "fast-check";
import { expect, test } from "vitest";

test.each([
  [
    { lastSeq: 9, lastReadSeq: 7, goneTo: 0, mentionedAt: [] },
    { unread: 2, mentions: 0, lastReadSeq: 7 },
  ],
  [
    { lastSeq: 9, lastReadSeq: 0, goneTo: 0, mentionedAt: [3, 9, 3] },
    { unread: 9, mentions: 2, lastReadSeq: 0 },
  ],
  [
    { lastSeq: 9, lastReadSeq: 5, goneTo: 4, mentionedAt: [3, 5, 6, 10] },
    { unread: 4, mentions: 1, lastReadSeq: 5 },
  ],
  [
    { lastSeq: 3, lastReadSeq: 5, goneTo: 0, mentionedAt: [4, 6] },
    { unread: 0, mentions: 0, lastReadSeq: 5 },
  ],
])("MSG-11 of %j there is unread %j", (state, counts) => {
  expect(unreadOf(state)).toEqual(counts);
});

test.each([
  [
    { lastReadSeq: 2, goneTo: 6 },
    { unread: 3, mentions: 1, lastReadSeq: 6 },
  ],
  [
    { lastReadSeq: 7, goneTo: 6 },
    { unread: 2, mentions: 1, lastReadSeq: 7 },
  ],
  [
    { lastReadSeq: 0, goneTo: 12 },
    { unread: 0, mentions: 0, lastReadSeq: 9 },
  ],
])("SEAT-7, MSG-11 what the plan no longer shows is neither unread nor a mention: %j", (marks, counts) => {
  expect(unreadOf({ lastSeq: 9, mentionedAt: [3, 6, 8], ...marks })).toEqual(counts);
});

test("MSG-11 there are never more mentions than messages unread", () => {
  const seq = fc.nat(50);
  fc.assert(
    fc.property(seq, seq, seq, fc.array(seq), (lastSeq, lastReadSeq, goneTo, mentionedAt) => {
      const { unread, mentions } = unreadOf({ lastSeq, lastReadSeq, goneTo, mentionedAt });
      expect(mentions).toBeLessThanOrEqual(unread);
    }),
  );
});
