import { describe, expect, test } from "vitest";
import { createUnreadCounts } from "../../../client/session/unread-counts.ts";
import type { Unread } from "../../../client/types.ts";

const channelId = "chn_1";
const nowhere = () => false;

const told = (lastSeq: number, mentions: number): Unread => ({
  channelId,
  lastSeq,
  lastReadSeq: 0,
  unread: lastSeq,
  mentions,
  muted: false,
  favourite: false,
  level: "mentions",
});

function setup() {
  const counts = createUnreadCounts();
  const mentioned = (seq: number) => counts.posted({ channelId, seq }, true);
  const answered = (unread: Unread) => counts.replace([unread], new Map(), nowhere);
  answered(told(0, 0));
  return { counts, mentioned, answered };
}

describe("MSG-11 figures that were made while a mention came", () => {
  test("MSG-11 do not know of it: they are asked for again, and settled then", () => {
    const { counts, mentioned, answered } = setup();
    expect(mentioned(1)).toBe(false);
    expect(mentioned(2)).toBe(false);
    expect(answered(told(2, 1))).toBe(true);
    expect(answered(told(2, 2))).toBe(false);
    expect(counts.of(channelId)).toMatchObject({ unread: 2, mentions: 2 });
  });

  test("MSG-11 came before its event: whether they count it, the service is asked", () => {
    const { counts, mentioned, answered } = setup();
    expect(answered(told(1, 0))).toBe(false);
    expect(mentioned(1)).toBe(true);
    expect(answered(told(1, 1))).toBe(false);
    expect(counts.of(channelId).mentions).toBe(1);
  });

  test("MSG-11 know of it, and of those that follow it only later: nothing is asked", () => {
    const { counts, mentioned, answered } = setup();
    mentioned(1);
    mentioned(2);
    expect(answered(told(1, 1))).toBe(false);
    expect(counts.of(channelId).mentions).toBe(2);
  });

  test("MSG-11 on another device's mark: what it has read is not missed", () => {
    const { counts, mentioned } = setup();
    mentioned(1);
    mentioned(2);
    expect(counts.marked({ channelId, lastReadSeq: 2, unread: 0, mentions: 0 })).toBe(false);
    expect(counts.of(channelId)).toMatchObject({ unread: 0, mentions: 0 });
  });
});

test("MSG-11 of a channel that was heard of before its figures came, only what mentions me is surely unread until they are asked for", () => {
  const counts = createUnreadCounts();
  expect(counts.posted({ channelId, seq: 5_000 }, false)).toBe(true);
  expect(counts.of(channelId).unread).toBe(0);
  const notification = { type: "notification", channelId, seq: 5_001, reason: "mention" } as const;
  expect(counts.notified(notification)).toBe(true);
  expect(counts.of(channelId)).toMatchObject({ unread: 1, mentions: 1 });
  counts.replace([{ ...told(5_001, 1), lastReadSeq: 4_999, unread: 2 }], new Map(), nowhere);
  expect(counts.of(channelId)).toMatchObject({ unread: 2, mentions: 1 });
  expect(counts.posted({ channelId, seq: 5_002 }, false)).toBe(false);
});
