import { expect, test } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import { ttlSeconds } from "../../../functions/table/table.ts";
import { GENERAL, NOW, ORG, SIDE, userId } from "../message/people.ts";
import { record } from "./records.ts";
import { setup } from "./setup.ts";

const AT = "2026-11-22T11:00:00.000Z";
const mine = (name: string, before: object | undefined, after: object | undefined, channelId = SIDE) =>
  record(keys.personChannel(ORG, userId(name), channelId), before as never, after as never);

test("CH-11 MSG-11 a mark that moved is told to its owner alone, with what is left unread", async () => {
  const { relay, received, figures } = setup();
  figures.unread.mockResolvedValue({ unread: 2, mentions: 1, lastReadSeq: 8 });
  await relay(mine("ann", { lastReadSeq: 7 }, { lastReadSeq: 8 }));
  const event = { type: "unread.changed", channelId: SIDE, unread: 2, mentions: 1, lastReadSeq: 8 };
  expect(received).toEqual({ a1: [event] });
});

test("CH-1 so is one in General, where a member had no row", async () => {
  const { relay, types, figures } = setup();
  figures.unread.mockResolvedValue({ unread: 0, mentions: 0, lastReadSeq: 8 });
  await relay(mine("bob", undefined, { lastReadSeq: 8 }, GENERAL));
  expect(types("b1")).toEqual(["unread.changed"]);
});

test("MSG-11 the mark that somebody comes with is told by their coming, and nothing is read for it", async () => {
  const { relay, received, figures, directory } = setup();
  const row = { channelId: SIDE, role: "member", kind: "member", lastReadSeq: 8 };
  await relay(mine("ann", undefined, row));
  expect(received).toEqual({});
  expect([figures.unread.mock.calls.length, directory.among.mock.calls.length]).toEqual([0, 0]);
});

test("CH-11 several moves of a batch are one event, of those who are away, none, and nothing is read for them", async () => {
  const { relay, types, figures } = setup();
  figures.unread.mockResolvedValue({ unread: 0, mentions: 0, lastReadSeq: 9 });
  await relay(
    mine("ann", { lastReadSeq: 7 }, { lastReadSeq: 8 }),
    mine("ann", { lastReadSeq: 8 }, { lastReadSeq: 9 }),
    mine("zoe", { lastReadSeq: 8 }, { lastReadSeq: 9 }),
  );
  expect(types("a1")).toEqual(["unread.changed"]);
  expect(figures.unread).toHaveBeenCalledOnce();
});

test("GST-16 who is no longer in the channel is told no figures of it; a favourite is no mark", async () => {
  const { relay, received, figures, directory } = setup();
  await relay(mine("gil", { lastReadSeq: 7 }, { lastReadSeq: 8 }));
  expect(received).toEqual({});
  await relay(
    mine("ann", { lastReadSeq: 7 }, { lastReadSeq: 7, isFavourite: true }),
    mine("ann", {}, undefined),
  );
  expect([figures.unread.mock.calls.length, directory.among.mock.calls.length]).toEqual([1, 1]);
});

const reactor = (change: "comes" | "goes", isNamed: boolean) => {
  const key = keys.reactor(ORG, SIDE, 4, "👍", userId("bob"));
  const item = { emoji: "👍", userId: userId("bob"), at: AT, isNamed };
  return change === "comes" ? record(key, undefined, item) : record(key, item, undefined);
};

test.each([
  ["comes", "reaction.added", 51],
  ["goes", "reaction.removed", 50],
] as const)(
  "MSG-9 of whom the message does not name, their own item tells when one %s",
  async (change, type, count) => {
    const { relay, received, figures } = setup();
    figures.reactionCount.mockResolvedValue(count);
    await relay(reactor(change, false));
    const event = { type, channelId: SIDE, seq: 4, emoji: "👍", userId: userId("bob"), count };
    expect(received).toEqual({ a1: [event], g1: [event] });
  },
);

test("MSG-9 of whom the message names, or with it is gone, their own item tells nothing", async () => {
  const { relay, received, figures } = setup();
  await relay(reactor("comes", true), reactor("goes", true));
  expect(figures.reactionCount).not.toHaveBeenCalled();
  await relay(reactor("goes", false));
  expect(received).toEqual({});
});

const status = (name: string, before: object | undefined, after: object | undefined) =>
  record(keys.status(ORG, userId(name)), before as never, after as never);
const away = { manual: "away", changedAt: AT, version: 1 };

function watching() {
  const world = setup();
  const watched = new Set(["ann", "bob", "zoe"].map((name) => userId(name).slice(-8)));
  const expiresAt = ttlSeconds(NOW) + 60;
  for (const [name, connectionId] of [
    ["ann", "a1"],
    ["ann", "a-closed"],
    ["gil", "g1"],
    ["zoe", "z1"],
  ] as const)
    world.watchers.push({ connectionId, userId: userId(name), watched, expiresAt });
  return world;
}

test("PRS-3 how somebody is now is told to the open connections that watch them, and nobody else", async () => {
  const { relay, received, figures } = watching();
  await relay(status("bob", undefined, away));
  expect(received).toEqual({
    a1: [{ type: "status.changed", statuses: [{ userId: userId("bob"), presence: "online" }] }],
  });
  expect(figures.forgetWatchers).toHaveBeenCalledWith(ORG, ["a-closed", "z1"]);
});

test("GST-16 a guest is told of those alone whom they share a channel with at that moment", async () => {
  const { relay, received } = watching();
  await relay(status("bob", undefined, away), status("ann", undefined, away));
  expect(received["g1"]).toEqual([
    { type: "status.changed", statuses: [{ userId: userId("ann"), presence: "online" }] },
  ]);
  expect(received["a1"]?.[0]).toMatchObject({
    statuses: [{ userId: userId("bob") }, { userId: userId("ann") }],
  });
});

const liveOf = (ids: string[], ends = 60) => ({
  expiresAt: ttlSeconds(NOW) + ends,
  ...(ids.length === 0 ? {} : { connections: new Set(ids) }),
});
const connectionsOf = (name: string, before: object | undefined, after: object | undefined) =>
  record(keys.livePerson(ORG, userId(name)), before as never, after as never);

test.each([
  ["the first connection", undefined, liveOf(["1"]), 1],
  ["the first one again", liveOf([]), liveOf(["1"]), 1],
  ["one after others that ended without a goodbye", liveOf(["0"], 0), liveOf(["1"]), 1],
  ["the last one gone", liveOf(["1"]), liveOf([]), 1],
  ["a second one", liveOf(["1"]), liveOf(["1", "2"]), 0],
  ["one of two gone", liveOf(["1", "2"]), liveOf(["2"]), 0],
  ["a removal, which is told otherwise", liveOf(["1"]), undefined, 0],
] as const)("PRS-1 %s changes the presence or does not", async (_what, before, after, times) => {
  const { relay, figures } = watching();
  await relay(connectionsOf("zoe", before, after));
  expect(figures.statuses).toHaveBeenCalledTimes(times);
});

test("PRS-3 a batch tells each watcher once, however often people came and went", async () => {
  const { relay, received } = watching();
  await relay(
    connectionsOf("zoe", undefined, liveOf(["1"])),
    connectionsOf("zoe", liveOf(["1"]), liveOf([])),
    status("bob", undefined, away),
  );
  expect(received["a1"]).toHaveLength(1);
});

test("PRS-3 how somebody is now is not even read while nobody watches them", async () => {
  const { relay, figures } = setup();
  await relay(status("bob", undefined, away), connectionsOf("zoe", undefined, liveOf(["1"])));
  expect(figures.watchers).toHaveBeenCalledOnce();
  expect(figures.statuses).not.toHaveBeenCalled();
});

test("a watcher whose connection is gone is forgotten with it", async () => {
  const { relay, gone, figures, directory } = watching();
  gone.add("a1");
  await relay(status("bob", undefined, away));
  expect(figures.forgetWatchers).toHaveBeenCalledWith(ORG, ["a-closed", "z1", "a1"]);
  expect(directory.removeConnections).toHaveBeenCalledWith(
    expect.objectContaining({ userId: userId("ann"), connectionIds: ["a1"] }),
  );
});
