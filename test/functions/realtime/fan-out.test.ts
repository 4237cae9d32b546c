import { expect, test, vi } from "vitest";
import type { Sent } from "../../../functions/realtime/connections.ts";
import { logger } from "../../../functions/shell/logger.ts";
import { NOW, ORG, SIDE } from "../message/people.ts";
import { posted, usage } from "./events.ts";
import { inGeneral, world as setup, type Untold } from "./world.ts";

test("MSG-4 everybody connected gets every event once, each connection in one frame", async () => {
  const { tell, received, send, directory } = setup({ people: { ann: ["a1", "a2"], bob: ["b1"] } });
  await tell(inGeneral(1), inGeneral(2), inGeneral(3));
  expect(Object.keys(received).sort()).toEqual(["a1", "a2", "b1"]);
  for (const events of Object.values(received)) expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(send).toHaveBeenCalledTimes(3);
  expect(directory.everybody).toHaveBeenCalledTimes(1);
  expect(directory.managerIds).not.toHaveBeenCalled();
});

test("recipients who see the same share one text", async () => {
  const { tell, frames } = setup({ people: { ann: ["a1"], bob: ["b1"], cyd: ["c1"] } });
  await tell(inGeneral(1));
  expect(new Set(frames).size).toBe(1);
});

test("MSG-3 the nonce reaches its author's connections alone", async () => {
  const { tell, received } = setup({ people: { ann: ["a1"], bob: ["b1"] } });
  await tell({ ...inGeneral(1), personal: { userId: "ann", event: posted(1, "hello", "mine") } });
  expect(received["a1"]?.[0]).toMatchObject({ message: { nonce: "mine" } });
  expect(JSON.stringify(received["b1"])).not.toContain("nonce");
});

test("SEAT-10 usage reaches managers only, and of several the latest", async () => {
  const { tell, received, directory } = setup({
    people: { ann: ["a1"], bob: ["b1"] },
    managers: ["ann", "zoe"],
  });
  await tell({ event: usage(1) }, inGeneral(1), { event: usage(2) });
  expect(received["a1"]?.map(({ type }) => type)).toEqual(["message.posted", "usage.changed"]);
  expect(received["a1"]?.[1]).toMatchObject({ usage: { members: 2 } });
  expect(received["b1"]?.map(({ type }) => type)).toEqual(["message.posted"]);
  expect(directory.everybody).toHaveBeenCalledTimes(1);
});

test("what concerns managers alone does not read everybody", async () => {
  const { tell, received, directory } = setup({ people: { ann: ["a1"], bob: ["b1"] }, managers: ["ann"] });
  await tell({ event: usage(1) });
  expect(Object.keys(received)).toEqual(["a1"]);
  expect(directory.everybody).not.toHaveBeenCalled();
});

test("a dead connection is taken off the list and fails nobody", async () => {
  const { tell, received, directory } = setup({
    people: { ann: ["a1", "a2"], bob: ["b1"] },
    answers: { a1: ["gone"] },
  });
  await tell(inGeneral(1));
  expect(Object.keys(received).sort()).toEqual(["a2", "b1"]);
  expect(directory.removeConnections).toHaveBeenCalledExactlyOnceWith({
    organizationId: ORG,
    userId: "ann",
    connectionIds: ["a1"],
  });
});

test("MSG-4 connections of many people that are gone at once are forgotten side by side, some at a time", async () => {
  const names = Array.from({ length: 60 }, (_, index) => `p${index}`);
  const { tell, directory } = setup({
    people: Object.fromEntries(names.map((name) => [name, [`${name}-1`]])),
    answers: Object.fromEntries(names.map((name) => [`${name}-1`, ["gone" as const]])),
  });
  let [atOnce, most] = [0, 0];
  directory.removeConnections.mockImplementation(async () => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await Promise.resolve();
    atOnce -= 1;
  });
  await tell(inGeneral(1));
  expect(directory.removeConnections).toHaveBeenCalledTimes(60);
  expect(most).toBe(25);
});

test("throttled and lost frames are sent again within the budget, then left to the client", async () => {
  const warn = vi.spyOn(logger, "warn").mockReturnValue();
  const throttled = (count: number) => Array.from({ length: count }, (): Sent => "again");
  const { tell, received, wait, send } = setup({
    people: { ann: ["a1"], bob: ["b1"] },
    answers: { a1: throttled(2), b1: throttled(1_000) },
  });
  await tell(inGeneral(1));
  expect(Object.keys(received)).toEqual(["a1"]);
  expect(wait.mock.calls.reduce((sum, [ms]) => sum + ms, 0)).toBeLessThanOrEqual(10_000);
  expect(warn).toHaveBeenCalledWith("frames left to the clients", { undelivered: 1 });
  expect(send.mock.calls.length).toBeLessThan(100);
});

test("a refused frame is not sent again, and the later ones are", async () => {
  const { tell, received } = setup({ people: { ann: ["a1"] }, answers: { a1: ["refused"] } });
  await tell(inGeneral(1, "ä".repeat(10_000)), inGeneral(2, "ä".repeat(10_000)));
  expect(received["a1"]?.map(({ seq }) => seq)).toEqual([2]);
});

test("not being able to forget a dead connection fails nothing", async () => {
  const warn = vi.spyOn(logger, "warn").mockReturnValue();
  const { tell, directory } = setup({ people: { ann: ["a1"] }, answers: { a1: ["gone"] } });
  directory.removeConnections.mockRejectedValueOnce(new Error("throttled"));
  await tell(inGeneral(1));
  expect(warn).toHaveBeenCalledOnce();
});

const inSide = (seq: number): Untold => ({
  event: { type: "message.unpinned", channelId: SIDE, seq },
  channel: { channelId: SIDE },
});

const SIDE_CHANNEL = {
  id: SIDE,
  name: "Side",
  handle: "side",
  type: "public" as const,
  purpose: "",
  header: "",
  archived: false,
  general: false,
  default: false,
};

test("MSG-4 GST-9 a channel's message reaches those in it and nobody else, for one read of its roster", async () => {
  const { tell, received, directory } = setup({
    people: { ann: ["a1"], bob: ["b1"], gil: ["g1"], guy: ["y1"] },
    guests: ["gil", "guy"],
    side: { ann: 1, gil: 3, away: 2 },
  });
  await tell(inSide(1), inSide(2));
  expect(Object.keys(received).sort()).toEqual(["a1", "g1"]);
  expect(directory.roster).toHaveBeenCalledExactlyOnceWith(ORG, SIDE);
  expect(directory.everybody).not.toHaveBeenCalled();
  expect(directory.among).toHaveBeenCalledExactlyOnceWith(ORG, ["ann", "gil", "away"]);
});

test("of a channel with many people, all who are connected are read and not each of its people", async () => {
  const side = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`p${index}`, 2]));
  const { tell, received, directory } = setup({ people: { p3: ["p"], ann: ["a1"] }, side });
  await tell(inSide(1));
  expect(Object.keys(received)).toEqual(["p"]);
  expect(directory.among).not.toHaveBeenCalled();
});

test("CH-1 GST-9 General is every member's, and a guest's who was given it", async () => {
  const { tell, received, directory } = setup({
    people: { ann: ["a1"], gil: ["g1"], guy: ["y1"] },
    guests: ["gil", "guy"],
  });
  directory.roster.mockResolvedValue([{ userId: "gil", rank: 3, joinedAt: "" }]);
  await tell(inGeneral(1));
  expect(Object.keys(received).sort()).toEqual(["a1", "g1"]);
});

test("GINV-11 the line from when a guest was a member tells them nothing", async () => {
  const { tell, received } = setup({ people: { gil: ["g1"] }, guests: ["gil"], side: { gil: 2 } });
  await tell(inSide(1));
  expect(received).toEqual({});
});

test("GST-13 GST-16 a guest hears nothing of the organization", async () => {
  const { tell, types } = setup({ people: { ann: ["a1"], gil: ["g1"] }, guests: ["gil"], managers: ["ann"] });
  await tell(
    { event: { type: "member.removed", userId: "x" } },
    { event: { type: "guest.removed", userId: "y" } },
    { event: usage(1) },
  );
  expect(types("a1")).toEqual(["member.removed", "guest.removed", "usage.changed"]);
  expect(types("g1")).toEqual([]);
});

test("GINV-10 a guest whose access is over hears that alone, and their connections are closed", async () => {
  const { tell, types, closed } = setup({
    people: { gil: ["g1", "g2"], guy: ["y1"] },
    guests: ["gil", "guy"],
    ends: { gil: NOW, guy: NOW + 1 },
    side: { gil: 3, guy: 3 },
  });
  await tell(inSide(1));
  expect([types("g1"), types("y1")]).toEqual([["session.revoked"], ["message.unpinned"]]);
  expect(closed.sort()).toEqual(["g1", "g2"]);
});

test("CH-5 GST-9 a public channel is told to all members, a guest only if they are in it", async () => {
  const { tell, received } = setup({
    people: { ann: ["a1"], bob: ["b1"], gil: ["g1"], guy: ["y1"] },
    guests: ["gil", "guy"],
    side: { gil: 3, ann: 2 },
  });
  const event = { type: "channel.updated", channel: SIDE_CHANNEL } as const;
  await tell({ event, channel: { channelId: SIDE, type: "public" } });
  expect(Object.keys(received).sort()).toEqual(["a1", "b1", "g1"]);
});

test("CH-5 a private channel is told to those in it; CH-6 that it is gone, to those who saw it before", async () => {
  const { tell, types } = setup({
    people: { ann: ["a1"], bob: ["b1"], guy: ["y1"] },
    guests: ["guy"],
    side: { ann: 2 },
  });
  const event = { type: "channel.updated", channel: { ...SIDE_CHANNEL, type: "private" as const } } as const;
  const gone = { type: "channel.deleted", channelId: SIDE } as const;
  await tell(
    { event, channel: { channelId: SIDE, type: "private" } },
    { event: gone, channel: { channelId: SIDE, type: "public" }, isForOutsiders: true },
  );
  expect([types("a1"), types("b1"), types("y1")]).toEqual([["channel.updated"], ["channel.deleted"], []]);
});

const removed = (userId: string) => ({
  event: { type: "channel.member.removed", channelId: SIDE, userId } as const,
  channel: { channelId: SIDE },
  concerns: userId,
  onlyIfIn: false,
});

test("CH-10 who was removed is told so, with those who stay, and nothing else of the channel", async () => {
  const { tell, types } = setup({
    people: { ann: ["a1"], gil: ["g1"], bob: ["b1"] },
    guests: ["gil"],
    side: { ann: 1 },
  });
  await tell(inSide(1), removed("gil"), inSide(2));
  expect(types("g1")).toEqual(["channel.member.removed"]);
  expect(types("a1")).toEqual(["message.unpinned", "channel.member.removed", "message.unpinned"]);
  expect(types("b1")).toEqual([]);
});

test("a line that only moved is no removal, and who has left again did not come", async () => {
  const { tell, types } = setup({ people: { ann: ["a1"] }, side: { ann: 1, bob: 1 } });
  const standing = { channelId: SIDE, kind: "member", role: "admin" } as const;
  const arrival = (type: "channel.member.added" | "channel.member.updated", userId: string) => ({
    event: { type, userId, ...standing },
    channel: { channelId: SIDE },
    concerns: userId,
    onlyIfIn: true,
  });
  await tell(
    removed("bob"),
    arrival("channel.member.updated", "bob"),
    arrival("channel.member.added", "cyd"),
  );
  expect(types("a1")).toEqual(["channel.member.updated"]);
});
