import { describe, expect, test } from "vitest";
import {
  answered,
  type CallFacts,
  callAfter,
  ended,
  isForgotten,
  MOST_LISTED,
  newCall,
  withoutGone,
} from "../../domain/call-course.ts";
import { mayAnswerCall, mayEndCall, mayStartCall } from "../../domain/calls.ts";
import type { MessageActor } from "../../domain/messages.ts";
import { FOUNDER, type Standing } from "../../domain/people.ts";
import type { ParticipantState } from "../../domain/vocabulary.ts";

const person = (userId: string) => ({ userId, name: userId });

const call = (state: CallFacts["state"], people: Record<string, ParticipantState>): CallFacts => ({
  state,
  participants: Object.entries(people).map(([userId, how]) => ({ ...person(userId), state: how })),
});

const states = ({ participants }: Pick<CallFacts, "participants">) =>
  Object.fromEntries(participants.map(({ userId, state }) => [userId, state]));

const USER: Standing = { ...FOUNDER, orgRole: "user", chatRole: "user" };
const actor = (differing: Partial<MessageActor> = {}): MessageActor => ({
  standing: USER,
  relation: "member",
  channelType: "private",
  isArchived: false,
  ...differing,
});

describe("who may", () => {
  test("CALL-1 CH-7 those in a channel start and join its call while it is open; they leave it in any case", () => {
    const start = (change: Partial<MessageActor> = {}, isWithBot = false) =>
      mayStartCall({ ...actor(change), isWithBot });
    expect(start()).toEqual({ allowed: true });
    expect(start({ relation: "none", channelType: "public" })).toMatchObject({
      code: "not-channel-member",
      rule: "CALL-1",
    });
    expect(start({ isArchived: true })).toMatchObject({ code: "channel-archived" });
    expect(start({ channelType: "direct" }, true)).toMatchObject({ code: "bot-one-to-one", rule: "BOT-2" });
    const archived = actor({ isArchived: true });
    const running = { callState: "running" } as const;
    expect(mayAnswerCall({ ...archived, ...running, answer: "accept" })).toMatchObject({ rule: "CH-7" });
    expect(mayAnswerCall({ ...archived, ...running, answer: "leave" }).allowed).toBe(true);
    const over = { callState: "ended" } as const;
    expect(mayAnswerCall({ ...actor(), ...over, answer: "accept" })).toMatchObject({ code: "call-over" });
    expect(mayAnswerCall({ ...actor(), ...over, answer: "decline" }).allowed).toBe(true);
  });

  test.each<[string, Partial<MessageActor>, boolean, boolean]>([
    ["its starter", {}, true, true],
    ["a channel admin", { relation: "admin" }, false, true],
    ["a chat admin who is in the channel", { standing: FOUNDER }, false, true],
    ["anybody else", {}, false, false],
    [
      "a chat admin who is not in it",
      { standing: FOUNDER, relation: "none", channelType: "public" },
      false,
      false,
    ],
    ["a guest who started it", { standing: { kind: "guest", state: "active" } }, true, true],
  ])("CALL-1 a call is ended by %s: %o", (_, differing, isStarter, isAllowed) => {
    expect(mayEndCall({ ...actor(differing), isStarter }).allowed).toBe(isAllowed);
  });
});

describe("the course of a call", () => {
  test("CALL-2 PRS-4 it rings those who are not in DND; where nobody is rung, it just runs", () => {
    const others = [
      { ...person("bob"), isInDnd: false },
      { ...person("cid"), isInDnd: true },
    ];
    const rung = newCall(person("ada"), others);
    expect(rung.state).toBe("ringing");
    expect(states(rung)).toEqual({ ada: "accepted", bob: "ringing", cid: "missed" });
    expect(newCall(person("ada"), others.slice(1)).state).toBe("running");
    expect(newCall(person("ada"), []).state).toBe("running");
  });

  test("CALL-3 after a minute of ringing it is missed, and not a moment before", () => {
    const ringing = call("ringing", { ada: "accepted", bob: "ringing" });
    expect(callAfter(ringing, 59_999)).toBe(ringing);
    const after = callAfter(ringing, 60_000);
    expect(after.state).toBe("running");
    expect(states(after)).toEqual({ ada: "accepted", bob: "missed" });
    const quiet = call("running", { ada: "accepted", bob: "missed" });
    expect(callAfter(quiet, 60_000)).toBe(quiet);
    const over = call("ended", { ada: "left" });
    expect(callAfter(over, 60_000)).toBe(over);
  });

  test.each<[ParticipantState | undefined, "accept" | "decline" | "leave", ParticipantState | undefined]>([
    ["ringing", "accept", "accepted"],
    ["missed", "accept", "accepted"],
    ["declined", "accept", "accepted"],
    ["left", "accept", "accepted"],
    [undefined, "accept", "accepted"],
    ["accepted", "accept", undefined],
    ["ringing", "decline", "declined"],
    ["missed", "decline", "declined"],
    [undefined, "decline", "declined"],
    ["accepted", "decline", "left"],
    ["left", "decline", undefined],
    ["declined", "decline", undefined],
    ["accepted", "leave", "left"],
    ["ringing", "leave", "declined"],
    ["missed", "leave", undefined],
    ["left", "leave", undefined],
    [undefined, "leave", undefined],
  ])("CALL-3 %s who says %s: %s", (was, answer, becomes) => {
    const before = call("running", { ada: "accepted", ...(was === undefined ? {} : { bob: was }) });
    const after = answered(before, person("bob"), answer);
    expect(after === undefined ? undefined : states(after)["bob"]).toBe(becomes);
    if (after !== undefined) expect(states(after)["ada"]).toBe("accepted");
  });

  test("CALL-3 it stops ringing as a whole when somebody comes, and never starts again", () => {
    const ringing = call("ringing", { ada: "accepted", bob: "ringing", cid: "ringing" });
    const declined = answered(ringing, person("bob"), "decline");
    expect(declined?.state).toBe("ringing");
    const come = { ...ringing, ...answered(ringing, person("bob"), "accept") };
    expect(come.state).toBe("running");
    expect(states(come)["cid"]).toBe("ringing");
    expect(answered(come, person("bob"), "leave")?.state).toBe("running");
  });

  test("CALL-3 the last one leaving ends it, and who still rang has missed it", () => {
    const ringing = call("ringing", { ada: "accepted", bob: "ringing" });
    const over = answered(ringing, person("ada"), "leave");
    expect(over?.state).toBe("ended");
    expect(over === undefined ? {} : states(over)).toEqual({ ada: "left", bob: "missed" });
    expect(answered({ ...ringing, ...over }, person("bob"), "accept")).toBeUndefined();
    expect(states(ended(call("running", { ada: "accepted", bob: "declined", cid: "ringing" })))).toEqual({
      ada: "left",
      bob: "declined",
      cid: "missed",
    });
  });

  test("CALL-3 who is gone from the channel is gone from the call", () => {
    const running = call("running", { ada: "accepted", bob: "accepted", cid: "ringing", dan: "declined" });
    expect(withoutGone(running, new Set(["dan", "eve"]))).toBe(running);
    const after = withoutGone(running, new Set(["bob", "cid"]));
    expect(states(after)).toEqual({ ada: "accepted", bob: "left", cid: "missed", dan: "declined" });
    expect(withoutGone(running, new Set(["ada", "bob", "cid"])).state).toBe("ended");
  });

  test("CALL-3 the list is bounded: who is not in the call makes room, and beyond it people are not listed", () => {
    const many = Object.fromEntries(
      Array.from({ length: MOST_LISTED }, (_, index) => [`u${index}`, "accepted" as ParticipantState]),
    );
    const full = call("running", many);
    expect(answered(full, person("late"), "accept")).toBeUndefined();
    const spare = answered(call("running", { ...many, u7: "left" }), person("late"), "accept");
    expect(spare?.participants).toHaveLength(MOST_LISTED);
    expect(spare === undefined ? {} : states(spare)).toMatchObject({ late: "accepted", u8: "accepted" });
    expect(spare === undefined ? {} : states(spare)).not.toHaveProperty("u7");
  });

  test.each<[string, Record<string, ParticipantState>, number, boolean]>([
    ["alone for an hour", { ada: "accepted" }, 60, true],
    ["alone for less", { ada: "accepted", bob: "left" }, 59, false],
    ["two for eleven hours", { ada: "accepted", bob: "accepted" }, 11 * 60, false],
    ["two for twelve", { ada: "accepted", bob: "accepted" }, 12 * 60, true],
  ])("CALL-3 forgotten or not: %s", (_, people, minutes, isIt) => {
    const times = { ageMs: minutes * 60_000, unchangedMs: minutes * 60_000 };
    expect(isForgotten(call("running", people), times)).toBe(isIt);
    expect(isForgotten(call("ended", people), times)).toBe(false);
  });
});
