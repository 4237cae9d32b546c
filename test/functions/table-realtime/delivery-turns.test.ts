import { beforeEach, expect, test } from "vitest";
import { newId } from "../../../functions/shell/ids.ts";
import {
  endTurn,
  leaveToTurn,
  TURN_MS,
  takeTurn,
  toldInTurn,
} from "../../../functions/table/delivery-turns.ts";
import { engineTable } from "../table/engine-table.ts";

const NOW = Date.parse("2026-11-22T10:00:00.000Z");
const table = engineTable();
let channel: { organizationId: string; channelId: string };

beforeEach(() => {
  channel = { organizationId: newId("organization", NOW), channelId: newId("channel", NOW) };
});

const take = (holder: string, now = NOW) => takeTurn(table(), channel, { holder, now });
const leave = (seqs: number[], now = NOW) => leaveToTurn(table(), channel, { seqs, now });
const end = (holder: string) => endTurn(table(), channel, holder);

test("MSG-4 of several batches of a large channel one has the turn, and is given what the others leave", async () => {
  expect(await Promise.all([take("a"), take("b"), take("c")])).toEqual(
    expect.arrayContaining([[], undefined, undefined]),
  );
});

test("MSG-4 a turn ends when nothing waits, and not before", async () => {
  expect(await take("a")).toEqual([]);
  expect(await leave([7, 5])).toBe(true);
  expect(await leave([6])).toBe(true);
  expect(await end("a")).toEqual([5, 6, 7]);
  await toldInTurn(table(), channel, [5, 6]);
  expect(await end("a")).toEqual([7]);
  await toldInTurn(table(), channel, [7]);
  expect(await end("a")).toBeUndefined();
  expect(await leave([8])).toBe(false);
  expect(await take("b")).toEqual([]);
});

test("MSG-4 a batch that is delivered again has its turn still, with all that waits", async () => {
  await take("a");
  await leave([3]);
  expect(await take("a", NOW + 1_000)).toEqual([3]);
  expect(await end("a")).toEqual([3]);
});

test("MSG-4 who does not come back loses the turn, and what waits goes to the next one", async () => {
  await take("a");
  await leave([3]);
  const later = NOW + TURN_MS;
  expect(await leave([4], later)).toBe(false);
  expect(await take("b", later)).toEqual([3]);
  // It comes back after all: the turn is another's, who tells what waits.
  expect(await end("a")).toBeUndefined();
  expect(await end("b")).toEqual([3]);
});

test("MSG-4 only so many wait: of more, each batch tells its own", async () => {
  await take("a");
  expect(await leave(Array.from({ length: 1_000 }, (_, index) => index + 1))).toBe(true);
  expect(await leave([1_001])).toBe(false);
});

test("a channel without a turn has none to end", async () => {
  expect(await end("a")).toBeUndefined();
  expect(await leave([1])).toBe(false);
});

test("MSG-4 a batch that fails again and again keeps the turn no longer for it", async () => {
  await take("a");
  for (const ms of [5_000, 10_000, 14_000]) expect(await take("a", NOW + ms)).toEqual([]);
  await leave([3], NOW + 14_000);
  expect(await take("b", NOW + TURN_MS)).toEqual([3]);
  expect(await take("a", NOW + TURN_MS)).toBeUndefined();
});
