import type { Message } from "@vestibule/client/types";
import { expect, test } from "vitest";
import { completed, isCommand, startedAt } from "../../functions/page/browser/chat/completion.ts";
import { dayIn, entriesOf } from "../../functions/page/browser/chat/message-entries.ts";

const ME = "usr_me";

function message(seq: number, createdAt: string, more: Partial<Message> = {}): Message {
  return {
    id: `msg_${seq}`,
    channelId: "chn_1",
    seq,
    author: { userId: "usr_ada", name: "Ada", kind: "member" },
    text: "x",
    createdAt,
    pinned: false,
    reactions: [],
    ...more,
  };
}

/** Entries in short: a day, `unread`, a message's seq, with `+` where it goes on from the one before. */
function short(messages: readonly Message[], readTo?: number): (string | number)[] {
  return entriesOf(messages, { me: ME, readTo }).map((entry) => {
    if (entry.kind === "message") return entry.isContinued ? `+${entry.message.seq}` : entry.message.seq;
    return entry.kind === "day" ? entry.day : "unread";
  });
}

test("MSG-5 a line for each day of the reader, and messages of one author go together for five minutes", () => {
  const [noon, later] = [new Date(2026, 4, 1, 12), new Date(2026, 4, 2, 12)].map((date) => date.getTime());
  const at = (base: number | undefined, minutes: number) =>
    new Date((base ?? 0) + minutes * 60_000).toISOString();
  const ben = { author: { userId: "usr_ben", name: "Ben", kind: "member" } };
  const messages = [
    message(1, at(noon, 0)),
    message(2, at(noon, 1)),
    message(3, at(noon, 2), ben),
    message(4, at(noon, 3)),
    message(5, at(noon, 9)),
    message(6, at(noon, 10), { replyTo: 1 }),
    message(7, at(noon, 10), { system: { kind: "joined", actorId: "usr_ada" } }),
    message(8, at(later, 0)),
  ];
  expect(short(messages)).toEqual(["2026-05-01", 1, "+2", 3, 4, 5, 6, 7, "2026-05-02", 8]);
});

test("MSG-11 a line stands before the first message that was unread, and before none of one's own", () => {
  const time = new Date(2026, 4, 1, 12).toISOString();
  const mine = { author: { userId: ME, name: "Me", kind: "member" } };
  const messages = [message(1, time), message(2, time, mine), message(3, time), message(4, time)];
  expect(short(messages, 1)).toEqual([dayIn(time), 1, 2, "unread", 3, "+4"]);
  expect(short(messages, 4)).toEqual([dayIn(time), 1, 2, 3, "+4"]);
  expect(short(messages)).toEqual([dayIn(time), 1, 2, 3, "+4"]);
});

test.each([
  ["/", { kind: "command", word: "" }],
  ["/In", { kind: "command", word: "in" }],
  ["/invite ", undefined],
  ["hello /in", undefined],
  ["@", { kind: "mention", word: "" }],
  ["hello @be", { kind: "mention", word: "be" }],
  ["(@ada.l", { kind: "mention", word: "ada.l" }],
  ["/invite @be", { kind: "mention", word: "be" }],
  ["me@example", undefined],
  ["@ada ", undefined],
  ["`@ada", undefined],
])("MSG-10, MSG-13 %j may be completed as %j", (text, expected) => {
  const started = startedAt(text, text.length);
  expect(started && { kind: started.kind, word: started.word }).toEqual(expected);
});

test("MSG-10 what is chosen replaces what was started, and the cursor stands behind it", () => {
  const text = "hello @be and more";
  const started = startedAt(text, 9);
  expect(started).toBeDefined();
  if (started === undefined) return;
  expect(completed(text, started, "@ben")).toEqual({ text: "hello @ben and more", cursor: 11 });
  // In the middle of a word nothing is completed.
  expect(startedAt(text, 8)).toBeUndefined();
});

test("MSG-13 what begins with a slash and a letter is a command; a space makes it a message", () => {
  expect(["/me waves", "/help", "/X"].map(isCommand)).toEqual([true, true, true]);
  expect([" /me", "/", "/ me", "//me", "a/b", "/1"].map(isCommand)).toEqual(Array(6).fill(false));
});
