import {
  defaultLevel,
  isInDnd,
  type NotificationFacts,
  reasonToNotify,
} from "@vestibule/domain/notifications";
import { expect, test } from "vitest";

const message: NotificationFacts = {
  isOwn: false,
  isInDnd: false,
  isMuted: false,
  level: "all",
  isConversation: false,
  isMentioned: false,
  isFollowed: false,
  isCall: false,
};
const mentions = { level: "mentions" } as const;

test.each([
  ["MSG-4 a channel's message where one asked for all", {}, "message"],
  ["PRS-4 a channel's message where one asked for mentions", mentions, undefined],
  ["CH-3 a conversation's message", { isConversation: true }, "direct"],
  ["PRS-4 a conversation's where one asked for mentions", { isConversation: true, ...mentions }, undefined],
  ["MSG-10 a mention", { ...mentions, isMentioned: true }, "mention"],
  ["MSG-10 a mention in a followed thread", { ...mentions, isMentioned: true, isFollowed: true }, "mention"],
  ["MSG-8 a reply in a followed thread", { ...mentions, isFollowed: true }, "thread"],
  ["CALL-2 a channel's call", { ...mentions, isCall: true }, "call"],
] as const)("%s notifies as that", (_what, differing, reason) => {
  expect(reasonToNotify({ ...message, ...differing })).toBe(reason);
});

test.each([
  ["PRS-4 DND", { isInDnd: true }],
  ["CH-11 a muted channel", { isMuted: true }],
  ["PRS-4 the level none", { level: "none" }],
  ["MSG-4 one's own act", { isOwn: true }],
] as const)("%s silences everything", (_what, differing) => {
  const loud = { ...message, isConversation: true, isMentioned: true, isFollowed: true };
  for (const isCall of [true, false])
    expect(reasonToNotify({ ...loud, isCall, ...differing })).toBe(undefined);
});

test("PRS-4 unless they say otherwise, people are notified of conversations, and where they are mentioned", () => {
  expect([defaultLevel(true), defaultLevel(false)]).toEqual(["all", "mentions"]);
});

test("PRS-1 DND is over at its end", () => {
  expect([isInDnd(11, 10), isInDnd(10, 10), isInDnd(undefined, 10)]).toEqual([true, false, false]);
});
