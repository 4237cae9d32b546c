import { expect, test, vi } from "vitest";
import type { Sent } from "../../../functions/realtime/connections.ts";
import { inLanes } from "../../../functions/realtime/in-lanes.ts";
import { slowConnections } from "../../../functions/realtime/slow-connections.ts";
import { logger } from "../../../functions/shell/logger.ts";
import { inGeneral, world } from "./world.ts";

const names = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);
const connected = (count: number) => Object.fromEntries(names(count).map((name) => [name, [`${name}-1`]]));

test("MSG-4 5 000 connections are told page by page, in one frame each", async () => {
  const { tell, send, directory, received } = world({ people: connected(5_000), pageSize: 700 });
  await tell(inGeneral(1), inGeneral(2));
  expect(send).toHaveBeenCalledTimes(5_000);
  expect(Object.keys(received)).toHaveLength(5_000);
  expect(directory.everybody).toHaveBeenCalledOnce();
});

test("MSG-4 no further page is read before nearly all of the one before is under way", async () => {
  const { tell, send, directory } = world({ people: connected(1_000) });
  const sentAtPage: number[] = [];
  directory.everybody.mockImplementation(async function* () {
    for (let page = 0; page < 5; page += 1) {
      sentAtPage.push(send.mock.calls.length);
      yield names(400).map((name) => ({
        userId: `${name}-${page}`,
        connectionIds: [`${name}-${page}`],
        isGuest: false,
        endsAt: undefined,
      }));
    }
  });
  await tell(inGeneral(1));
  expect(send).toHaveBeenCalledTimes(2_000);
  sentAtPage.forEach((sent, page) => {
    expect(sent).toBeGreaterThanOrEqual(Math.max(0, page * 400 - 200));
  });
});

/** A connection that takes nothing in, until the sender gives up. */
const stuck = (_id: string, _frame: string, signal?: AbortSignal) =>
  new Promise<Sent>((resolve) => signal?.addEventListener("abort", () => resolve("again")));

test("MSG-4 slow connections delay nobody: all others have everything long before these are given up", async () => {
  vi.spyOn(logger, "warn").mockReturnValue();
  const { tell, send } = world({ people: connected(200) });
  const slow = new Set(
    names(200)
      .filter((_, index) => index % 7 === 0)
      .map((name) => `${name}-1`),
  );
  const startedAt = Date.now();
  const took: number[] = [];
  send.mockImplementation(async (id, frame, signal) => {
    if (slow.has(id)) return await stuck(id, frame, signal);
    took.push(Date.now() - startedAt);
    return "sent";
  });
  await tell(inGeneral(1));
  expect(took).toHaveLength(200 - slow.size);
  expect(Math.max(...took)).toBeLessThan(1_500);
});

test("MSG-4 a connection that was slow lately keeps the next batch waiting for a fraction of a second only", async () => {
  vi.spyOn(logger, "warn").mockReturnValue();
  const slow = slowConnections();
  slow.note("a1", 0);
  const { tell, send, received } = world({ people: { ann: ["a1"], bob: ["b1"] }, slow });
  send.mockImplementationOnce(stuck);
  const startedAt = Date.now();
  await tell(inGeneral(1));
  expect(Date.now() - startedAt).toBeLessThan(1_000);
  expect(Object.keys(received).sort()).toEqual(["a1", "b1"]);
  // It took the second attempt: it is as good as any other again.
  expect(slow.has("a1", 0)).toBe(false);
});

test("MSG-4 what is tried again goes on where it stopped, in order", async () => {
  const { tell, received, send } = world({
    people: { ann: ["a1"], bob: ["b1"] },
    answers: { a1: ["sent", "again"] },
  });
  const long = "ä".repeat(10_000);
  await tell(inGeneral(1, long), inGeneral(2, long), inGeneral(3, long));
  expect(received["a1"]?.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(received["b1"]?.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(send).toHaveBeenCalledTimes(7);
});

test("MSG-4 others are sent to before anything is tried again", async () => {
  const { tell, send } = world({
    people: { ann: ["a1"], ...connected(100) },
    answers: { a1: ["again"] },
  });
  await tell(inGeneral(1));
  const order = send.mock.calls.map(([connectionId]) => connectionId);
  expect(order.lastIndexOf("a1")).toBe(order.length - 1);
});

test("which connections are slow is forgotten after a while, and never of more than some", () => {
  const slow = slowConnections();
  slow.note("a", 0);
  expect([slow.has("a", 29_999), slow.has("a", 30_000), slow.has("b", 0)]).toEqual([true, false, false]);
  for (let index = 0; index < 5_000; index += 1) slow.note(`c${index}`, 0);
  expect([slow.has("a", 0), slow.has("c0", 0)]).toEqual([false, true]);
});

test("a table that fails midway fails the batch when what was begun is over", async () => {
  const done: number[] = [];
  async function* source() {
    yield 1;
    yield 2;
    throw new Error("throttled");
  }
  const work = async (item: number) => void done.push(item);
  const lanes = { lanes: 1, itemsPerLane: 1, patienceMs: 100, work };
  await expect(inLanes(source(), lanes)).rejects.toThrow("throttled");
  expect(done).toEqual([1, 2]);
});
