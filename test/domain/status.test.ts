import { FOUNDER, type Standing } from "@vestibule/domain/people";
import {
  CALL_EMOJI,
  changedStatus,
  dndUntil,
  enteredCall,
  leftCall,
  maySetStatus,
  type Status,
  type StatusChange,
  shownStatus,
} from "@vestibule/domain/status";
import { describe, expect, test } from "vitest";

const NOW = 1_000_000;
const SOON = NOW + 60_000;
const GUEST: Standing = { kind: "guest", state: "active" };
const at = (status: Status, isConnected = true, now = NOW) => shownStatus(status, { isConnected, now });

test("PRS-1 without a manual presence it follows the connections", () => {
  expect(at({})).toEqual({ presence: "online" });
  expect(at({}, false)).toEqual({ presence: "offline" });
});

test.each(["away", "dnd", "offline"] as const)(
  "PRS-1 a manual %s stays, connected or not, until the person goes back to online",
  (presence) => {
    const status = changedStatus({}, { presence });
    for (const isConnected of [true, false]) expect(at(status, isConnected)).toEqual({ presence });
    expect(at(changedStatus(status, { presence: "online" }))).toEqual({ presence: "online" });
    expect(at(changedStatus(status, { custom: { text: "In the lab" } }))).toMatchObject({ presence });
  },
);

test("PRS-1 DND ends when it was to end, to the millisecond", () => {
  const status = changedStatus({}, { presence: "dnd", until: SOON });
  expect(at(status, true, SOON - 1)).toEqual({ presence: "dnd", until: SOON });
  expect(at(status, true, SOON)).toEqual({ presence: "online" });
  expect(at(status, false, SOON)).toEqual({ presence: "offline" });
  expect(at(changedStatus(status, { presence: "dnd" }), true, SOON)).toEqual({ presence: "dnd" });
  expect(at(changedStatus(status, { presence: "away" }), true, SOON)).toEqual({ presence: "away" });
});

test("PRS-2 a custom status is never shown after its end", () => {
  const custom = { emoji: "🌴", text: "On holiday", until: SOON };
  const status = changedStatus({}, { custom });
  expect(at(status, true, SOON - 1).custom).toEqual(custom);
  expect(at(status, true, SOON)).toEqual({ presence: "online" });
  expect(at(changedStatus(status, { custom: null }))).toEqual({ presence: "online" });
});

test("PRS-2 one end serves both what is set at once, unless the custom status has its own", () => {
  const both = { presence: "dnd", custom: { text: "Focus" }, until: SOON } as const;
  expect(at(changedStatus({}, both), true, SOON)).toEqual({ presence: "online" });
  const own = changedStatus({}, { ...both, custom: { text: "Focus", until: SOON + 1 } });
  expect(at(own, true, SOON)).toEqual({ presence: "online", custom: { text: "Focus", until: SOON + 1 } });
});

test("PRS-4 DND says until when, an open end for ever", () => {
  expect(dndUntil(changedStatus({}, { presence: "dnd" }), NOW)).toBe(Number.MAX_SAFE_INTEGER);
  const ending = changedStatus({}, { presence: "dnd", until: SOON });
  expect([dndUntil(ending, NOW), dndUntil(ending, SOON)]).toEqual([SOON, undefined]);
  expect(dndUntil(changedStatus({}, { presence: "away" }), NOW)).toBeUndefined();
  expect(dndUntil({}, NOW)).toBeUndefined();
});

test("CALL-5 in calls a call's emoji is shown; after the last the former status is back", () => {
  const custom = { text: "In the lab" };
  const one = enteredCall(changedStatus({}, { custom }), "call_1");
  expect(enteredCall(one, "call_1")).toEqual(one);
  const two = enteredCall(one, "call_2");
  expect(at(leftCall(two, "call_1")).custom).toEqual({ emoji: CALL_EMOJI });
  expect(at(leftCall(leftCall(two, "call_1"), "call_2")).custom).toEqual(custom);
  expect(at(leftCall(one, "call_9")).custom).toEqual({ emoji: CALL_EMOJI });
});

test("CALL-5 what is set during a call is shown after it, and what ended meanwhile is not", () => {
  const called = enteredCall(changedStatus({}, { custom: { text: "Lab", until: SOON } }), "call_1");
  expect(at(leftCall(called, "call_1"), true, SOON).custom).toBeUndefined();
  const set = changedStatus(called, { custom: { text: "Back at two" } });
  expect(at(set).custom).toEqual({ emoji: CALL_EMOJI });
  expect(at(leftCall(set, "call_1")).custom).toEqual({ text: "Back at two" });
});

describe("what may be set", () => {
  const may = (change: StatusChange, actor: Standing = FOUNDER) => maySetStatus({ actor, change, now: NOW });

  test("GST-5 members and guests alike; nobody from outside", () => {
    for (const actor of [FOUNDER, GUEST]) expect(may({ presence: "away" }, actor).allowed).toBe(true);
    expect(may({ presence: "away" }, { kind: "outsider" })).toMatchObject({ code: "not-found" });
    expect(may({ presence: "away" }, { ...FOUNDER, state: "deactivated" })).toMatchObject({
      code: "member-deactivated",
    });
  });

  test.each<[string, StatusChange]>([
    ["an emoji alone", { custom: { emoji: "🌴" } }],
    ["a text alone", { custom: { text: "x" } }],
    ["100 characters of two units each", { custom: { text: "🌴".repeat(100) } }],
    ["DND with an end", { presence: "dnd", until: NOW + 1 }],
    ["a custom status with the end beside it", { custom: { text: "x" }, until: NOW + 1 }],
    ["no custom status", { custom: null }],
  ])("PRS-1, PRS-2 allowed: %s", (_, change) => {
    expect(may(change)).toEqual({ allowed: true });
  });

  test.each<[string, StatusChange]>([
    ["nothing in it", { custom: {} }],
    ["blanks", { custom: { text: "  " } }],
    ["101 characters", { custom: { text: "x".repeat(101) } }],
    ["half a character", { custom: { text: "\ud83c" } }],
    ["two emojis as one", { custom: { emoji: "🌴🌴" } }],
    ["a letter as emoji", { custom: { emoji: "x" } }],
    ["an end that is past", { custom: { text: "x", until: NOW } }],
  ])("PRS-2 refused: %s", (_, change) => {
    expect(may(change)).toMatchObject({ allowed: false, code: "status-invalid", rule: "PRS-2" });
  });

  test.each<[string, StatusChange]>([
    ["DND that has ended", { presence: "dnd", until: NOW }],
    ["an end of being away", { presence: "away", until: SOON }],
    ["an end of online", { presence: "online", until: SOON }],
    ["an end of nothing", { until: SOON }],
    ["an end of what is taken away", { custom: null, until: SOON }],
  ])("PRS-1 refused: %s", (_, change) => {
    expect(may(change)).toMatchObject({ allowed: false, code: "status-invalid", rule: "PRS-1" });
  });
});
