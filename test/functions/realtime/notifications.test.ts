import { expect, test } from "vitest";
import type { Notable } from "../../../functions/realtime/notice.ts";
import { CHANNEL, GENERAL, NOW, SIDE } from "../message/people.ts";
import { type Untold, world } from "./world.ts";

const quiet: Notable = {
  byUserIds: ["ann"],
  mentions: { userIds: [], groupIds: [], isChannel: false },
  isCall: false,
};
const { mentions } = quiet;

function notification(notable: Partial<Notable> = {}, channelId = SIDE): Untold {
  return {
    event: { type: "notification", channelId, seq: 7, reason: "message" },
    channel: { channelId },
    notable: { ...quiet, ...notable },
  };
}

const people = { ann: ["a1"], bob: ["b1", "b2"], cyd: ["c1"], gil: ["g1"], out: ["o1"] };
const side = { ann: 1, bob: 2, cyd: 2, gil: 3 };

/** Who is notified of what, by connection. */
async function notified(given: Partial<Parameters<typeof world>[0]>, ...notices: Untold[]) {
  const { tell, received } = world({ people, side, guests: ["gil"], ...given });
  await tell(...notices);
  return Object.fromEntries(
    Object.entries(received).map(([connection, events]) => [connection, events.map(({ reason }) => reason)]),
  );
}

test("MSG-10 who is mentioned is notified on all their connections, and nobody else", async () => {
  const notable = { mentions: { ...mentions, userIds: ["bob", "out"] } };
  expect(await notified({}, notification(notable))).toEqual({ b1: ["mention"], b2: ["mention"] });
});

test("GST-16 MSG-4 a mention reaches nobody who may not read the channel", async () => {
  const notable = { mentions: { userIds: ["out"], groupIds: ["grp"], isChannel: true } };
  const found = await notified({ groups: { grp: ["out"] } }, notification(notable));
  expect(Object.keys(found).sort()).toEqual(["b1", "b2", "c1", "g1"]);
});

test("MSG-6 an edit notifies the mentioned alone, whatever others have chosen to be notified of", async () => {
  const notable = { mentions: { ...mentions, userIds: ["cyd"] }, isForMentioned: true };
  const given = { conversations: [SIDE] };
  expect(await notified(given, notification(notable))).toEqual({ c1: ["mention"] });
  expect(await notified(given, notification({ ...notable, isForMentioned: false }))).toMatchObject({
    b1: ["direct"],
    c1: ["mention"],
  });
});

test("MSG-10 a group's people are notified where they are in the channel", async () => {
  const groups = { grp: ["bob", "out"], other: ["cyd"] };
  const notable = { mentions: { ...mentions, groupIds: ["grp"] } };
  expect(await notified({ groups }, notification(notable))).toEqual({ b1: ["mention"], b2: ["mention"] });
});

test("MSG-8 who follows a thread is notified of its replies", async () => {
  const found = await notified({ followers: ["cyd", "ann", "out"] }, notification({ root: 3 }));
  expect(found).toEqual({ c1: ["thread"] });
});

test("CH-3 a conversation notifies everybody in it but the author", async () => {
  const found = await notified({ conversations: [SIDE] }, notification());
  expect(found).toEqual({ b1: ["direct"], b2: ["direct"], c1: ["direct"], g1: ["direct"] });
});

test("PRS-4 DND silences, and so do a muted channel and the level none, whatever the reason", async () => {
  const settings = { cyd: { isMuted: true }, gil: { level: "none" } } as const;
  const live = { bob: { dndUntil: NOW + 1 } };
  const notable = { mentions: { ...mentions, isChannel: true } };
  expect(await notified({ settings, live, conversations: [SIDE] }, notification(notable))).toEqual({});
  const after = { bob: { dndUntil: NOW } };
  expect(await notified({ settings, live: after }, notification(notable))).toEqual({
    b1: ["mention"],
    b2: ["mention"],
  });
});

test("PRS-4 in a channel one may ask for all of it", async () => {
  expect(await notified({ settings: { cyd: { level: "all" } } }, notification())).toEqual({
    c1: ["message"],
  });
});

test("CH-1 PRS-4 in General members' settings stand beside their connections", async () => {
  const live = {
    bob: { general: { level: "all" } },
    cyd: { general: { isMuted: true, level: "all" } },
  } as const;
  expect(await notified({ live }, notification({}, GENERAL))).toEqual({ b1: ["message"], b2: ["message"] });
});

test("CALL-2 a channel's call notifies all who have not silenced it, and not who started it", async () => {
  const found = await notified({ settings: { cyd: { level: "none" } } }, notification({ isCall: true }));
  expect(found).toEqual({ b1: ["call"], b2: ["call"], g1: ["call"] });
});

test("PRS-4 DND takes the notification and never the message", async () => {
  const { tell, types } = world({
    people,
    side,
    conversations: [SIDE],
    live: { bob: { dndUntil: NOW + 1 } },
  });
  await tell(
    { event: { type: "message.unpinned", channelId: SIDE, seq: 7 }, channel: { channelId: SIDE } },
    notification(),
  );
  expect([types("b1"), types("c1")]).toEqual([["message.unpinned"], ["message.unpinned", "notification"]]);
});

const call = {
  callId: "call_1",
  state: "ringing",
  url: "https://c.example/r",
  startedAt: "",
  participants: [],
} as const;
const ringing = (concerns: string): Untold => ({
  event: { type: "call.ringing", channelId: SIDE, seq: 7, call: { ...call, participants: [] } },
  channel: { channelId: SIDE },
  concerns,
  onlyIfIn: true,
  isDisturbing: true,
});

test("CALL-2 PRS-4 a ring reaches whom it is for, on all connections, and nobody in DND or no longer there", async () => {
  const { tell, types } = world({ people, side, live: { cyd: { dndUntil: NOW + 1 } } });
  await tell(ringing("bob"), ringing("cyd"), ringing("out"));
  expect([types("b1"), types("b2")]).toEqual([["call.ringing"], ["call.ringing"]]);
  for (const connection of ["a1", "c1", "o1"]) expect(types(connection)).toEqual([]);
});

test("what decides on notifications is read once for a batch, and not where nobody is to be notified", async () => {
  const { tell, directory } = world({ people, side });
  await tell({ event: { type: "message.unpinned", channelId: GENERAL, seq: 7 }, channel: CHANNEL });
  expect(directory.isConversation).not.toHaveBeenCalled();
  const notable = { root: 3, mentions: { ...mentions, groupIds: ["grp"] } };
  await tell(notification(notable), notification(notable));
  expect(directory.isConversation).toHaveBeenCalledTimes(1);
  expect(directory.followers).toHaveBeenCalledTimes(1);
  expect(directory.groupPeople).toHaveBeenCalledTimes(1);
});
