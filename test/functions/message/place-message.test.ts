import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { type Draft, placeMessage } from "../../../functions/message/place-message.ts";
import { logger } from "../../../functions/shell/logger.ts";
import { BLOCK, nonceHash } from "../../../functions/table/message-nonces.ts";
import { tombstone } from "../../../functions/table/messages.ts";
import { memoryLog } from "./memory-log.ts";
import { CHANNEL, NOW, userId } from "./people.ts";

const NOW_TEXT = new Date(NOW).toISOString();
const GROUNDS = { fence: NOW };
let made = 0;

function draft(nonce: string, author = "ann"): Draft {
  made += 1;
  const authorId = userId(author);
  const messageId = `msg_${made}`;
  return { messageId, authorKind: "member", authorId, authorName: author, text: `text of ${nonce}`, nonce };
}

function setup(options: Parameters<typeof memoryLog>[0] = {}) {
  const store = memoryLog(options);
  const post = async (nonce: string, author?: string) => {
    const memory = await store.log.memory(CHANNEL, { isConsistent: false });
    const deps = { log: store.log, now: () => NOW_TEXT };
    const placed = await placeMessage(deps, CHANNEL, draft(nonce, author), { memory, grounds: GROUNDS });
    if (placed.kind !== "placed") throw new Error(placed.kind);
    return { seq: placed.message.seq, isNew: placed.isNew, message: placed.message };
  };
  return { ...store, post };
}

test("MSG-2 messages are numbered 1, 2, 3", async () => {
  const { post } = setup();
  expect([(await post("a")).seq, (await post("b")).seq, (await post("c")).seq]).toEqual([1, 2, 3]);
});

test("MSG-3 a repeated nonce gives the same message, and another person's same nonce another one", async () => {
  const { post } = setup();
  const first = await post("a");
  const again = await post("a");
  const other = await post("a", "bob");
  expect(first).toMatchObject({ seq: 1, isNew: true });
  expect(again).toEqual({ ...first, isNew: false });
  expect(other).toMatchObject({ seq: 2, isNew: true });
});

test("MSG-3 a nonce is known 1000 messages later, while the head stays small", async () => {
  const { post, figures, messages } = setup();
  for (let index = 0; index < 1_000; index += 1) await post(`n${index}`);
  for (const index of [0, 1, 500, 998, 999]) {
    expect(await post(`n${index}`)).toMatchObject({ seq: index + 1, isNew: false });
  }
  expect(messages.size).toBe(1_000);
  expect(figures()).toEqual({ largestHead: 3 * BLOCK, refusals: 0 });
});

test("MSG-2 MSG-3 any interleaving of posts, repeats and stale reads numbers without hole or double", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.nat(250), { minLength: 1, maxLength: 350, size: "max" }),
      fc.infiniteStream(fc.nat(3)),
      async (scheduler, nonces, stale) => {
        const { post, messages } = setup({
          turn: (what) => scheduler.schedule(Promise.resolve(), what),
          staleBlocks: () => stale.next().value ?? 0,
        });
        const posted = Promise.all(nonces.map(async (nonce) => ({ nonce, ...(await post(`${nonce}`)) })));
        const results = await scheduler.waitFor(posted);
        const distinct = new Set(nonces).size;
        expect([...messages.keys()].sort((a, b) => a - b)).toEqual(
          Array.from({ length: distinct }, (_, index) => index + 1),
        );
        for (const { nonce, seq } of results) expect(messages.get(seq)?.nonce).toBe(`${nonce}`);
        expect(results.filter(({ isNew }) => isNew)).toHaveLength(distinct);
      },
    ),
    { numRuns: 40 },
  );
});

test("MSG-3 200 simultaneous posts, far more than the head's window, all find their place", async () => {
  const { post, messages } = setup();
  await Promise.all(Array.from({ length: 200 }, (_, index) => post(`n${index}`)));
  expect([...messages.keys()].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 200 }, (_, index) => index + 1),
  );
});

test("MSG-2 a writer that crashed leaves a hole, which its repetition fills", async () => {
  const { post, log, messages } = setup();
  const memory = await log.memory(CHANNEL, { isConsistent: true });
  await log.takeSeq(CHANNEL, nonceHash(userId("ann"), "lost", 0), memory, { grounds: GROUNDS });
  await post("next");
  expect(await post("lost")).toMatchObject({ seq: 1, isNew: true });
  expect([...messages.keys()].sort()).toEqual([1, 2]);
});

test("MSG-2 a late writer who meets a tombstone takes a new seq, and every repetition finds that one", async () => {
  const { post, log, messages } = setup();
  const memory = await log.memory(CHANNEL, { isConsistent: true });
  await log.takeSeq(CHANNEL, nonceHash(userId("ann"), "late", 0), memory, { grounds: GROUNDS });
  await log.put(CHANNEL, tombstone(1, "msg_dead", NOW));
  expect(await post("late")).toMatchObject({ seq: 2, isNew: true });
  expect(await post("late")).toMatchObject({ seq: 2, isNew: false });
  expect(messages.size).toBe(2);
});

test("MSG-3, SEAT-7 a nonce whose message the plan has deleted is posted anew, and never answered from where nobody reads", async () => {
  const { post, head, messages } = setup();
  for (const nonce of ["a", "b", "c"]) await post(nonce);
  head.deletedTo = 2;
  for (const seq of [1, 2]) messages.delete(seq);
  const anew = await post("a");
  expect(anew).toMatchObject({ seq: 4, isNew: true });
  expect(await post("a")).toEqual({ ...anew, isNew: false });
  expect(await post("c")).toMatchObject({ seq: 3, isNew: false });
  expect([...messages.keys()].sort()).toEqual([3, 4]);
});

test("MSG-3 two nonces that share a hash are two messages", async () => {
  const { post, head } = setup();
  await post("first");
  head.nonces.set(nonceHash(userId("bob"), "second", 0), 1);
  expect(await post("second", "bob")).toMatchObject({ seq: 2, isNew: true });
  expect(await post("second", "bob")).toMatchObject({ seq: 2, isNew: false });
});

test("MSG-3 blocks that were never paged, because their writers crashed, are paged by those who come later", async () => {
  vi.spyOn(logger, "warn").mockReturnValue();
  const { log, post, blocks, figures, messages } = setup();
  const remember = log.remember;
  log.remember = async () => {
    throw new Error("crashed");
  };
  for (let index = 0; index < 60; index += 1) await post(`n${index}`).catch(() => undefined);
  expect(blocks.size).toBe(0);
  log.remember = remember;
  for (let index = 0; index < 300; index += 1) await post(`n${index}`);
  expect(blocks.size).toBe(Math.floor(300 / BLOCK));
  expect(figures().largestHead).toBeLessThanOrEqual(5 * BLOCK);
  for (const index of [0, 30, 59, 200]) expect((await post(`n${index}`)).isNew).toBe(false);
  expect(messages.size).toBe(300);
});

test("an archived channel takes no message", async () => {
  const { post, head } = setup();
  head.archivedAt = NOW_TEXT;
  await expect(post("a")).rejects.toThrow("archived");
});

test("CH-7 MSG-12 what the system records goes into an archived channel too, once", async () => {
  const { log, head, messages } = setup();
  head.archivedAt = NOW_TEXT;
  head.fencedAt = NOW + 1;
  const deps = { log, now: () => NOW_TEXT };
  const memory = await log.memory(CHANNEL, { isConsistent: false });
  const place = () =>
    placeMessage(
      deps,
      CHANNEL,
      { ...draft("itt_1"), authorKind: "system" },
      { memory, grounds: { isSystem: true } },
    );
  expect(await place()).toMatchObject({ kind: "placed", isNew: true });
  expect(await place()).toMatchObject({ kind: "placed", isNew: false });
  expect(messages.size).toBe(1);
});
