import { expect, test } from "vitest";
import { pageAfter, pageAround, pageBefore } from "../../../functions/message/read-page.ts";
import type { Message } from "../../../functions/table/messages.ts";
import { memoryLog } from "./memory-log.ts";
import { CHANNEL, NOW, userId } from "./people.ts";

const LONG_AGO = NOW - 60_000;

function message(seq: number, createdAt = LONG_AGO): Message {
  return {
    seq,
    messageId: `msg_${seq}`,
    authorKind: "member",
    authorId: userId("ann"),
    authorName: "Ann",
    text: `text ${seq}`,
    nonce: `n${seq}`,
    createdAt: new Date(createdAt).toISOString(),
  };
}

async function setup(...messages: (number | Message)[]) {
  const { log, messages: stored } = memoryLog();
  for (const one of messages) await log.put(CHANNEL, typeof one === "number" ? message(one) : one);
  const seqs = (page: { ascending: Message[]; isMore: boolean }) => ({
    seqs: page.ascending.map(({ seq }) => seq),
    isMore: page.isMore,
  });
  return {
    stored,
    log,
    after: async (after: number, limit = 50) =>
      seqs(await pageAfter(log, CHANNEL, { after, limit, now: NOW })),
    before: async (before?: number, limit = 50) =>
      seqs(await pageBefore(log, CHANNEL, { before, limit, now: NOW })),
    around: async (around: number, limit = 50) =>
      seqs(await pageAround(log, CHANNEL, { around, limit, now: NOW })),
  };
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

test("MSG-5 the latest page, the ones before it, and the end", async () => {
  const { before } = await setup(...upTo(7));
  expect(await before(undefined, 3)).toEqual({ seqs: [5, 6, 7], isMore: true });
  expect(await before(5, 3)).toEqual({ seqs: [2, 3, 4], isMore: true });
  expect(await before(2, 3)).toEqual({ seqs: [1], isMore: false });
  expect(await before(1, 3)).toEqual({ seqs: [], isMore: false });
  expect(await before(1_000, 3)).toEqual({ seqs: [5, 6, 7], isMore: true });
});

test("MSG-4 what follows a seq, in rising order, adjacent to it", async () => {
  const { after } = await setup(...upTo(7));
  expect(await after(0, 3)).toEqual({ seqs: [1, 2, 3], isMore: true });
  expect(await after(4, 3)).toEqual({ seqs: [5, 6, 7], isMore: false });
  expect(await after(7, 3)).toEqual({ seqs: [], isMore: false });
  expect(await after(99, 3)).toEqual({ seqs: [], isMore: false });
});

test("MSG-5 around a message: it, newer and older ones", async () => {
  const { around } = await setup(...upTo(9));
  expect(await around(5, 4)).toEqual({ seqs: [3, 4, 5, 6], isMore: true });
  expect(await around(1, 4)).toEqual({ seqs: [1, 2], isMore: false });
  expect(await around(9, 5)).toEqual({ seqs: [7, 8, 9], isMore: true });
});

test.each([
  ["latest", [1, 2, 3, 4]],
  ["after 0", [1, 2, 3, 4]],
  ["before 4", [1, 2, 3]],
  ["around 2", [1, 2, 3, 4]],
])("MSG-2 an old hole is closed with a tombstone: %s", async (which, expected) => {
  const { before, after, around, stored } = await setup(1, 4);
  const reads: Record<string, () => Promise<{ seqs: number[] }>> = {
    latest: () => before(),
    "after 0": () => after(0),
    "before 4": () => before(4),
    "around 2": () => around(2),
  };
  expect((await reads[which]?.())?.seqs).toEqual(expected);
  expect([stored.get(2), stored.get(3)]).toMatchObject([
    { isDeleted: true, text: "", authorKind: "system" },
    { isDeleted: true },
  ]);
});

test("MSG-2 the channel ends before a hole that is still open, for every reader", async () => {
  const { before, after, around, stored } = await setup(1, 2, message(4, NOW - 1_000), message(5, NOW));
  expect(await before()).toEqual({ seqs: [1, 2], isMore: false });
  expect(await before(5)).toEqual({ seqs: [1, 2], isMore: false });
  expect(await after(1)).toEqual({ seqs: [2], isMore: false });
  expect(await after(2)).toEqual({ seqs: [], isMore: false });
  expect(await around(4)).toEqual({ seqs: [1, 2], isMore: false });
  expect(stored.has(3)).toBe(false);
});

test("MSG-2 a hole at the very beginning is one too", async () => {
  const { before } = await setup(2, 3);
  expect(await before()).toEqual({ seqs: [1, 2, 3], isMore: false });
});

test("MSG-2 what looks like a hole on a replica that lags is read again and shown as it is", async () => {
  const { log, before, stored } = await setup(1, 2, 3);
  const list = log.list;
  log.list = async (channel, span) => {
    const { messages, isLast } = await list(channel, span);
    return { messages: messages.filter(({ seq }) => seq !== 2), isLast };
  };
  expect(await before()).toEqual({ seqs: [1, 2, 3], isMore: false });
  expect(stored.get(2)?.text).toBe("text 2");
});
