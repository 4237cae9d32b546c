import { expect, test } from "vitest";
import { GENERAL, guest, member, NOW, ORG, userId } from "../message/people.ts";
import { setup } from "./setup.ts";

const ann = { organizationId: ORG, userId: userId("ann"), connectionId: "c1" };
const unknown = `chn_${"1".repeat(26)}`;

const looker = (name: string, connectionId: string) => ({
  organizationId: ORG,
  userId: userId(name),
  connectionId,
});
const live = (name: string, connectionIds: string[], isGuest = false) => ({
  userId: userId(name),
  connectionIds,
  isGuest,
});

test("look notes the channel a connection looks at, of those whose reader it is, and null none", async () => {
  const { frame, lookAt, lookAway } = setup();
  expect(await frame({ action: "look", id: 1, channelId: GENERAL })).toEqual({
    type: "reply",
    id: 1,
    ok: true,
    channelId: GENERAL,
  });
  expect(lookAt).toHaveBeenCalledExactlyOnceWith(ann, GENERAL, NOW);
  expect(await frame({ action: "look", id: 2, channelId: unknown })).toMatchObject({
    ok: false,
    problem: { status: 404 },
  });
  expect(await frame({ action: "look", id: 3, channelId: null })).toMatchObject({
    ok: true,
    channelId: null,
  });
  expect(lookAway).toHaveBeenCalledExactlyOnceWith([ann]);
  expect(lookAt).toHaveBeenCalledOnce();
});

const typing = { action: "typing", id: "t", channelId: GENERAL };

/** Typing is told once in two seconds by container: each test has its own time. */
let day = 0;
function typist() {
  const world = setup();
  day += 1;
  world.pass(day * 60_000);
  return world;
}

test("MSG-4 GST-16 typing reaches the open connections of those who look and are in the channel, and nobody else", async () => {
  const { frame, lookersAt, livePeople, membershipsOf, frames, lookAway } = typist();
  lookersAt.mockResolvedValue([
    looker("ann", "c1"),
    looker("ann", "c2"),
    looker("bob", "b1"),
    looker("bob", "b-closed"),
    looker("gil", "g1"),
    looker("guy", "y1"),
    looker("out", "o1"),
  ]);
  livePeople.mockResolvedValue([
    live("bob", ["b1", "b2"]),
    live("gil", ["g1"], true),
    live("guy", ["y1"], true),
  ]);
  membershipsOf.mockResolvedValue(new Map([[userId("gil"), { kind: "guest" }]]));
  expect(await frame(typing)).toMatchObject({ ok: true, id: "t" });
  const event = { type: "typing", channelId: GENERAL, userId: userId("ann"), name: "Ann Lee" };
  expect(frames).toEqual(["b1", "g1"].map((connectionId) => ({ connectionId, events: [event] })));
  expect(lookAway).toHaveBeenCalledExactlyOnceWith([looker("bob", "b-closed"), looker("out", "o1")]);
});

test("GINV-10 GINV-11 a guest whose access is over, or who is there as the member they were, is told nothing", async () => {
  const { frame, lookersAt, livePeople, membershipsOf, frames } = typist();
  lookersAt.mockResolvedValue([looker("gil", "g1"), looker("guy", "y1")]);
  livePeople.mockResolvedValue([{ ...live("gil", ["g1"], true), endsAt: NOW }, live("guy", ["y1"], true)]);
  membershipsOf.mockResolvedValue(
    new Map([
      [userId("gil"), { kind: "guest" as const }],
      [userId("guy"), { kind: "member" as const }],
    ]),
  );
  await frame(typing);
  expect(frames).toEqual([]);
});

test("typing is told once in two seconds for each person and channel", async () => {
  const { frame, lookersAt, pass } = typist();
  await frame(typing);
  pass(1_999);
  expect(await frame(typing)).toMatchObject({ ok: true });
  expect(lookersAt).toHaveBeenCalledTimes(1);
  pass(1);
  await frame(typing);
  expect(lookersAt).toHaveBeenCalledTimes(2);
});

test("where more than 50 look, nobody is told who types", async () => {
  const { frame, lookersAt, livePeople, frames } = typist();
  const names = Array.from({ length: 51 }, (_, index) => `p${index}x`);
  lookersAt.mockResolvedValue(names.map((name) => looker(name, name)));
  livePeople.mockResolvedValue(names.map((name) => live(name, [name])));
  await frame(typing);
  expect(frames).toEqual([]);
});

test("GST-9 ORG-10 who may not post in a channel types in it unheard", async () => {
  const { frame, people, lookersAt } = typist();
  expect(await frame({ ...typing, channelId: unknown })).toMatchObject({
    ok: false,
    problem: { status: 404 },
  });
  people.set(userId("ann"), guest("ann"));
  expect(await frame(typing)).toMatchObject({ ok: false });
  people.delete(userId("ann"));
  expect(await frame(typing)).toMatchObject({ ok: false, problem: { status: 404 } });
  expect(lookersAt).not.toHaveBeenCalled();
});

test("a looker whose connection is gone is forgotten", async () => {
  const { frame, lookersAt, livePeople, send, lookAway } = typist();
  lookersAt.mockResolvedValue([looker("bob", "b1")]);
  livePeople.mockResolvedValue([live("bob", ["b1"])]);
  send.mockResolvedValue("gone");
  await frame(typing);
  expect(lookAway).toHaveBeenCalledExactlyOnceWith([expect.objectContaining(looker("bob", "b1"))]);
});

test("PRS-1 PRS-2 status sets one's own as by HTTP, and answers how it is seen", async () => {
  const { frame, setStatus, watchPeople } = setup();
  const until = new Date(NOW + 60_000).toISOString();
  const custom = { emoji: "🌴", until };
  expect(await frame({ action: "status", id: 1, presence: "away", custom })).toEqual({
    type: "reply",
    id: 1,
    ok: true,
    status: { userId: userId("ann"), presence: "away" },
  });
  expect(setStatus).toHaveBeenCalledExactlyOnceWith(ORG, userId("ann"), {
    presence: "away",
    custom: { emoji: "🌴", until: NOW + 60_000 },
    until: undefined,
  });
  expect(watchPeople).not.toHaveBeenCalled();
});

const [BOB, ZOE] = [`usr_${"b".repeat(26)}`, `usr_${"z".repeat(26)}`];

test("PRS-1 an end is never passed over in silence, also beside whom one watches", async () => {
  const { frame, setStatus } = setup();
  const until = new Date(NOW + 60_000).toISOString();
  await frame({ action: "status", id: 1, watch: [], until });
  expect(setStatus).toHaveBeenCalledExactlyOnceWith(ORG, userId("ann"), { until: NOW + 60_000 });
});

test("PRS-3 GST-16 status watches those whom one may know of, and answers how they are; an empty list nobody", async () => {
  const { frame, seenBy, watchPeople } = setup();
  seenBy.mockResolvedValue(new Set([BOB]));
  const watch = [BOB, ZOE, BOB, "nobody"];
  expect(await frame({ action: "status", id: 1, watch })).toMatchObject({
    ok: true,
    statuses: [{ userId: BOB, presence: "online" }],
  });
  expect(seenBy).toHaveBeenCalledWith(ORG, userId("ann"), [BOB, ZOE]);
  expect(watchPeople).toHaveBeenLastCalledWith(ann, [BOB], NOW);
  expect(await frame({ action: "status", id: 2, watch: [] })).toMatchObject({ ok: true, statuses: [] });
  expect(watchPeople).toHaveBeenLastCalledWith(ann, [], NOW);
});

test("ORG-10 who was removed watches nobody; more than 100, or nothing at all, is refused", async () => {
  const { frame, people, watchPeople } = setup();
  const many = Array.from({ length: 101 }, (_, index) => userId(`p${index}`));
  for (const fields of [{ watch: many }, {}, { until: new Date(NOW).toISOString() }])
    expect(await frame({ action: "status", id: 1, ...fields })).toMatchObject({
      problem: { status: 400, code: "invalid-request" },
    });
  people.set(userId("ann"), member("ann", { state: "deactivated" }));
  expect(await frame({ action: "status", id: 1, watch: [userId("bob")] })).toMatchObject({ ok: false });
  expect(watchPeople).not.toHaveBeenCalled();
});

test("MSG-13 the frame of commands is another function's", async () => {
  const { frame } = setup();
  expect(
    await frame({ action: "command", id: 1, channelId: GENERAL, text: "/help", nonce: "n" }),
  ).toMatchObject({
    problem: { code: "unknown-action" },
  });
});

test("MSG-4 MSG-6 resume with since answers what was changed of the messages one has, and as of when", async () => {
  const { frame, changes, messages } = setup();
  for (const nonce of ["a", "b", "c"])
    await frame({ action: "post", id: nonce, channelId: GENERAL, text: nonce, nonce });
  const [first, third] = [messages.get(1), messages.get(3)];
  if (first === undefined || third === undefined) throw new Error("not posted");
  changes.mockResolvedValue({
    items: [
      { at: "1", message: { ...first, text: "edited", edits: 1, editedAt: "2026-11-22T10:00:00.000Z" } },
      { at: "2", message: third },
    ],
    last: "2",
    isLast: false,
  });
  const since = new Date(NOW - 5_000).toISOString();
  const reply = await frame({ action: "resume", id: "r", channels: { [GENERAL]: 2 }, since });
  expect(reply).toMatchObject({ ok: true, asOf: new Date(NOW).toISOString() });
  const found = reply.channels[GENERAL];
  expect(found.messages.map(({ seq }: { seq: number }) => seq)).toEqual([3]);
  expect(found).toMatchObject({ more: false, changed: [{ seq: 1, text: "edited" }], moreChanged: true });
  // The index lags, and clocks differ.
  const from = new Date(NOW - 65_000).toISOString();
  expect(changes).toHaveBeenCalledExactlyOnceWith(expect.anything(), { after: from, limit: 200 });
});

test("MSG-4 resume without since, or of no channel, says as of when to ask the next time", async () => {
  const { frame, changes } = setup();
  const reply = await frame({ action: "resume", id: "r", channels: { [GENERAL]: 0 } });
  expect(reply.channels[GENERAL]).toEqual({ messages: [], more: false });
  expect(changes).not.toHaveBeenCalled();
  expect(await frame({ action: "resume", id: "s", channels: {} })).toMatchObject({
    ok: true,
    asOf: new Date(NOW).toISOString(),
  });
});

test("CH-1 PRS-4 who connects brings along how they have set General, and until when they are in DND", async () => {
  const { connect, row, addConnection, mirrorStatus } = setup();
  row.mockResolvedValue({
    isDirect: false,
    isFavourite: false,
    isMuted: true,
    level: "all",
    lastReadSeq: 0,
  });
  expect(await connect()).toEqual({ statusCode: 200 });
  expect(addConnection).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ general: { isMuted: true, level: "all" } }),
  );
  expect(mirrorStatus).toHaveBeenCalledExactlyOnceWith(ORG, userId("ann"), NOW);
});
