import { expect, test } from "vitest";
import { noticesOf } from "../../../functions/relay/notices-of.ts";
import { keys } from "../../../functions/table/keys.ts";
import { itemChange } from "../../../functions/table/stream-items.ts";
import { NOW, ORG, SIDE, userId } from "../message/people.ts";
import { record } from "./records.ts";

const AT = "2026-11-22T11:00:00.000Z";
const LATER = "2026-11-22T12:00:00.000Z";

const message = (differing: object = {}) => ({
  messageId: "msg_4",
  authorKind: "member",
  authorId: userId("ann"),
  authorName: "Ann Lee",
  text: "hello",
  nonce: "n",
  createdAt: "2026-11-22T10:00:00.000Z",
  ...differing,
});

/** What is told of a change of a message in `SIDE`. */
function notices(before: object | undefined, after: object | undefined) {
  const { Keys, OldImage, NewImage } = record(
    keys.message(ORG, SIDE, 4),
    before as never,
    after as never,
  ).dynamodb;
  const [pk = "", sk = ""] = [Keys["pk"]?.S, Keys["sk"]?.S];
  const change = itemChange({ pk, sk, oldImage: OldImage, newImage: NewImage });
  return change === undefined ? [] : noticesOf(change, NOW);
}

const events = (before: object | undefined, after: object | undefined) =>
  notices(before, after).map(({ event }) => event);

const place = { channelId: SIDE, seq: 4 };

test("MSG-6 an edit is told with the message as it is now, its nonce to nobody", () => {
  const edited = message({ text: "hello there", edits: 1, editedAt: AT, changedAt: AT });
  const told = events(message(), edited);
  expect(told).toMatchObject([
    { type: "message.edited", ...place, message: { text: "hello there", editedAt: AT, edits: 1 } },
  ]);
  expect(JSON.stringify(told)).not.toContain("nonce");
});

test("MSG-8 a thread's first message tells of its figures", () => {
  const thread = (replies: number, lastReplyAt: string) => ({
    thread: { replies, lastReplyAt, userIds: new Set([userId("bob")]) },
    changedAt: lastReplyAt,
  });
  const told = { replies: 2, lastReplyAt: LATER, userIds: [userId("bob")] };
  expect(events(message(thread(1, AT)), message(thread(2, LATER)))).toEqual([
    { type: "message.thread", ...place, thread: told },
  ]);
  expect(events(message(thread(1, AT)), message({ ...thread(1, AT), changedAt: LATER }))).toEqual([]);
});

const reacted = (reactions: Record<string, string[]>) =>
  message({
    reactions: Object.fromEntries(
      Object.entries(reactions).map(([emoji, names]) => [
        emoji,
        {
          count: names.length,
          since: AT,
          users: Object.fromEntries(names.map((name) => [userId(name), true])),
        },
      ]),
    ),
  });

test.each([
  ["a first one", {}, { "👍": ["ann"] }, [["reaction.added", "👍", "ann", 1]]],
  ["a further one", { "👍": ["ann"] }, { "👍": ["ann", "bob"] }, [["reaction.added", "👍", "bob", 2]]],
  ["one taken back", { "👍": ["ann", "bob"] }, { "👍": ["bob"] }, [["reaction.removed", "👍", "ann", 1]]],
  ["the last one", { "👍": ["ann"] }, { "👍": [] }, [["reaction.removed", "👍", "ann", 0]]],
  ["the last one, map and all", { "👍": ["ann"] }, {}, [["reaction.removed", "👍", "ann", 0]]],
  [
    "another emoji",
    { "👍": ["ann"] },
    { "👍": ["ann"], "🎉": ["ann"] },
    [["reaction.added", "🎉", "ann", 1]],
  ],
  ["nothing", { "👍": ["ann"] }, { "👍": ["ann"] }, []],
] as const)("MSG-9 %s is told once", (_what, before, after, expected) => {
  const told = expected.map(([type, emoji, name, count]) => ({
    type,
    ...place,
    emoji,
    userId: userId(name),
    count,
  }));
  expect(events(reacted(before as never), reacted(after as never))).toEqual(told);
});

test("MSG-6 MSG-9 of a deletion nothing but the deletion is told", () => {
  const gone = message({ text: "", isDeleted: true, changedAt: LATER });
  expect(events(reacted({ "👍": ["ann"] }), gone)).toEqual([{ type: "message.deleted", ...place }]);
});

const call = (state: string, states: Record<string, string>) => ({
  authorKind: "system",
  system: { kind: "call-started", actorId: userId("ann") },
  call: {
    callId: "call_1",
    state,
    url: "https://calls.example.com/vestibule-x",
    startedAt: AT,
    participants: Object.entries(states).map(([name, stands]) => ({
      userId: userId(name),
      name,
      state: stands,
    })),
  },
});

test("CALL-2 a conversation's call starts, and rings for each who is to be rung", () => {
  const told = notices(
    undefined,
    message(call("ringing", { ann: "accepted", bob: "ringing", cyd: "ringing" })),
  );
  expect(told.map(({ event }) => event.type)).toEqual([
    "message.posted",
    "call.started",
    "call.ringing",
    "call.ringing",
  ]);
  const rings = told.filter(({ event }) => event.type === "call.ringing");
  expect(rings).toMatchObject(
    ["bob", "cyd"].map((name) => ({
      concerns: userId(name),
      onlyIfIn: true,
      isDisturbing: true,
      channel: { channelId: SIDE },
    })),
  );
});

test("CALL-2 a channel's call never rings but notifies, and not who started it", () => {
  const told = notices(undefined, message(call("running", { ann: "accepted" })));
  expect(told.map(({ event }) => event.type)).toEqual(["message.posted", "call.started", "notification"]);
  expect(told[2]).toMatchObject({ notable: { isCall: true, byUserIds: [userId("ann"), userId("ann")] } });
});

test.each([
  ["somebody accepts", "ringing", "running", { bob: "accepted" }, "call.updated"],
  ["it ends", "running", "ended", { bob: "left" }, "call.ended"],
] as const)(
  "CALL-3 when %s, those in the channel are told how the call stands",
  (_what, was, is, states, type) => {
    const told = events(message(call(was, { bob: "ringing" })), message(call(is, states)));
    expect(told).toMatchObject([{ type, ...place, call: { state: is, participants: [{ name: "bob" }] } }]);
  },
);

test("MSG-10 MSG-8 PRS-4 a message says who wrote it, whom it mentions, and in which thread it is", () => {
  const mentions = { userIds: [userId("bob")], groupIds: ["grp_1"], isChannel: false };
  const told = notices(undefined, message({ mentions, replyTo: 2 }));
  expect(told.map(({ event }) => event.type)).toEqual(["message.posted", "notification"]);
  expect(told[1]?.notable).toEqual({ byUserIds: [userId("ann")], mentions, root: 2, isCall: false });
});

test("MSG-12 MSG-2 what the system records, and a tombstone, notifies nobody", () => {
  const system = message({ authorKind: "system", system: { kind: "joined", actorId: userId("ann") } });
  for (const silent of [system, message({ authorKind: "system", isDeleted: true })])
    expect(events(undefined, silent).map(({ type }) => type)).toEqual(["message.posted"]);
});

const mentioning = (userIds: string[], { isChannel = false, groupIds = [] as string[] } = {}) => ({
  mentions: { userIds: userIds.map(userId), groupIds, isChannel },
});

test("MSG-6 MSG-10 an edit notifies whom it mentions and the message did not, and nobody for any other reason", () => {
  const edited = { edits: 1, editedAt: AT, changedAt: AT };
  const before = message(mentioning(["bob"]));
  const told = notices(
    before,
    message({ ...edited, ...mentioning(["bob", "cyd"], { groupIds: ["grp_1"] }) }),
  );
  expect(told.map(({ event }) => event.type)).toEqual(["message.edited", "notification"]);
  expect(told[1]).toMatchObject({
    event: { ...place, reason: "mention" },
    notable: {
      byUserIds: [userId("ann"), userId("bob")],
      mentions: { userIds: [userId("cyd")], groupIds: ["grp_1"], isChannel: false },
      isForMentioned: true,
    },
  });
  for (const [was, is] of [
    [before, message({ ...edited, ...mentioning(["bob"]) })],
    [before, message(edited)],
    [message(mentioning([], { isChannel: true })), message({ ...edited, ...mentioning(["cyd"]) })],
    [message(), message({ ...mentioning(["cyd"]), changedAt: AT })],
  ])
    expect(events(was, is).map(({ type }) => type)).not.toContain("notification");
});
