import { expect, test, vi } from "vitest";
import type { Sent } from "../../../functions/realtime/connections.ts";
import { fanOut, type Notice } from "../../../functions/realtime/fan-out.ts";
import { logger } from "../../../functions/shell/logger.ts";
import { ORG } from "../message/people.ts";
import { posted, usage } from "./events.ts";

type People = Record<string, string[]>;

function setup(people: People, managers: string[] = [], answers: Record<string, Sent[]> = {}) {
  const received: Record<string, { type: string; [field: string]: unknown }[]> = {};
  const frames: string[] = [];
  let now = 0;
  const list = (names: string[]) => names.map((userId) => ({ userId, connectionIds: people[userId] ?? [] }));
  const directory = {
    everybody: vi.fn(async () => list(Object.keys(people))),
    managers: vi.fn(async () => list(managers.filter((name) => name in people))),
    managerIds: vi.fn(async () => managers),
    removeConnections: vi.fn(async () => undefined),
  };
  const send = vi.fn(async (connectionId: string, frame: string): Promise<Sent> => {
    const sent = answers[connectionId]?.shift() ?? "sent";
    if (sent !== "sent") return sent;
    frames.push(frame);
    received[connectionId] = [...(received[connectionId] ?? []), ...JSON.parse(frame).events];
    return sent;
  });
  const wait = vi.fn(async (ms: number) => {
    now += ms;
  });
  const tell = (...notices: Omit<Notice, "organizationId">[]) =>
    fanOut(
      { directory, connections: { send, close: vi.fn() }, clock: () => now, wait },
      ORG,
      notices.map((notice) => ({ organizationId: ORG, ...notice })),
    );
  return { tell, directory, send, received, frames, wait };
}

test("MSG-4 everybody connected gets every event once, each connection in one frame", async () => {
  const { tell, received, send, directory } = setup({ ann: ["a1", "a2"], bob: ["b1"] });
  await tell({ event: posted(1) }, { event: posted(2) }, { event: posted(3) });
  expect(Object.keys(received).sort()).toEqual(["a1", "a2", "b1"]);
  for (const events of Object.values(received)) expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(send).toHaveBeenCalledTimes(3);
  expect(directory.everybody).toHaveBeenCalledTimes(1);
  expect(directory.managerIds).not.toHaveBeenCalled();
});

test("recipients who see the same share one text", async () => {
  const { tell, frames } = setup({ ann: ["a1"], bob: ["b1"], cyd: ["c1"] });
  await tell({ event: posted(1) });
  expect(new Set(frames).size).toBe(1);
});

test("MSG-3 the nonce reaches its author's connections alone", async () => {
  const { tell, received } = setup({ ann: ["a1"], bob: ["b1"] });
  await tell({ event: posted(1), personal: { userId: "ann", event: posted(1, "hello", "mine") } });
  expect(received["a1"]?.[0]).toMatchObject({ message: { nonce: "mine" } });
  expect(JSON.stringify(received["b1"])).not.toContain("nonce");
});

test("SEAT-10 usage reaches managers only, and of several the latest", async () => {
  const { tell, received, directory } = setup({ ann: ["a1"], bob: ["b1"] }, ["ann", "zoe"]);
  await tell({ event: usage(1) }, { event: posted(1) }, { event: usage(2) });
  expect(received["a1"]?.map(({ type }) => type)).toEqual(["message.posted", "usage.changed"]);
  expect(received["a1"]?.[1]).toMatchObject({ usage: { members: 2 } });
  expect(received["b1"]?.map(({ type }) => type)).toEqual(["message.posted"]);
  expect(directory.everybody).toHaveBeenCalledTimes(1);
});

test("what concerns managers alone does not read everybody", async () => {
  const { tell, received, directory } = setup({ ann: ["a1"], bob: ["b1"] }, ["ann"]);
  await tell({ event: usage(1) });
  expect(Object.keys(received)).toEqual(["a1"]);
  expect(directory.everybody).not.toHaveBeenCalled();
});

test("a dead connection is taken off the list and fails nobody", async () => {
  const { tell, received, directory } = setup({ ann: ["a1", "a2"], bob: ["b1"] }, [], { a1: ["gone"] });
  await tell({ event: posted(1) });
  expect(Object.keys(received).sort()).toEqual(["a2", "b1"]);
  expect(directory.removeConnections).toHaveBeenCalledExactlyOnceWith({
    organizationId: ORG,
    userId: "ann",
    connectionIds: ["a1"],
  });
});

test("throttled and lost frames are sent again within the budget, then left to the client", async () => {
  const warn = vi.spyOn(logger, "warn").mockReturnValue();
  const throttled = (count: number) => Array.from({ length: count }, (): Sent => "again");
  const { tell, received, wait, send } = setup({ ann: ["a1"], bob: ["b1"] }, [], {
    a1: throttled(2),
    b1: throttled(1_000),
  });
  await tell({ event: posted(1) });
  expect(Object.keys(received)).toEqual(["a1"]);
  expect(wait.mock.calls.reduce((sum, [ms]) => sum + ms, 0)).toBeLessThanOrEqual(10_000);
  expect(warn).toHaveBeenCalledWith("frames left to the clients", { undelivered: 1 });
  expect(send.mock.calls.length).toBeLessThan(100);
});

test("a refused frame is not sent again, and the later ones are", async () => {
  const { tell, received } = setup({ ann: ["a1"] }, [], { a1: ["refused"] });
  await tell({ event: posted(1, "ä".repeat(10_000)) }, { event: posted(2, "ä".repeat(10_000)) });
  expect(received["a1"]?.map(({ seq }) => seq)).toEqual([2]);
});

test("not being able to forget a dead connection fails nothing", async () => {
  const warn = vi.spyOn(logger, "warn").mockReturnValue();
  const { tell, directory } = setup({ ann: ["a1"] }, [], { a1: ["gone"] });
  directory.removeConnections.mockRejectedValueOnce(new Error("throttled"));
  await tell({ event: posted(1) });
  expect(warn).toHaveBeenCalledOnce();
});
