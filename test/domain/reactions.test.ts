import { expect, test } from "vitest";
import type { Standing } from "../../domain/people.ts";
import { allowsReaction, emojiOf, mayReact, namesOneMore } from "../../domain/reactions.ts";

test.each(["👍", "👍🏽", "👨‍👩‍👧‍👦", "🇨🇭", "❤️", "1️⃣", ":wave:", ":+1:", ":a_b-c:"])(
  "MSG-9 %s is an emoji",
  (text) => {
    expect(emojiOf(text)).toBe(text);
  },
);

test("MSG-9 a plain character that has a coloured form is that one, so that both are one reaction", () => {
  expect(emojiOf("❤")).toBe("❤️");
});

test.each([
  ["👍\u{FE0F}", "👍"],
  ["☝\u{FE0F}🏽", "☝🏽"],
  ["1\u{20E3}", "1\u{FE0F}\u{20E3}"],
  ["👁\u{200D}🗨\u{FE0F}", "👁\u{FE0F}\u{200D}🗨\u{FE0F}"],
  ["👁\u{200D}🗨", "👁\u{FE0F}\u{200D}🗨\u{FE0F}"],
])("MSG-9 %s, as some keyboards write it, is %s", (text, emoji) => {
  expect(emojiOf(text)).toBe(emoji);
});

test("MSG-9 a message names 50 of an emoji, and 500 in all", () => {
  expect(namesOneMore({ ofEmoji: 49, inAll: 499 })).toBe(true);
  expect(namesOneMore({ ofEmoji: 50, inAll: 60 })).toBe(false);
  expect(namesOneMore({ ofEmoji: 0, inAll: 500 })).toBe(false);
});

test.each([
  "",
  "\u{FE0F}",
  "a\u{FE0F}",
  "🇫",
  "x".repeat(400),
  "a",
  "1",
  "👍👍",
  "👍 ",
  ":Wave:",
  "::",
  ":wave",
  `:${"a".repeat(33)}:`,
  "<b>",
  "%",
  "#",
])("MSG-9 %o is none", (text) => {
  expect(emojiOf(text)).toBeUndefined();
});

test("MSG-9 a message carries 50 different emojis; more of one of them are welcome, and none on a deleted one", () => {
  const emojis = new Set(Array.from({ length: 50 }, (_, index) => `:e${index}:`));
  expect(allowsReaction({ isDeleted: false, emojis, emoji: ":e7:" })).toEqual({ allowed: true });
  expect(allowsReaction({ isDeleted: false, emojis, emoji: "👍" })).toMatchObject({
    code: "too-many-reactions",
    details: { limit: 50 },
  });
  expect(allowsReaction({ isDeleted: true, emojis: new Set(), emoji: "👍" })).toMatchObject({
    code: "message-deleted",
  });
});

test("MSG-9 every reader reacts, guests where they were given the channel (GST-9), nobody in an archive (CH-7)", () => {
  const guest: Standing = { kind: "guest", state: "active" };
  const facts = { standing: guest, relation: "member", channelType: "private", isArchived: false } as const;
  expect(mayReact(facts)).toEqual({ allowed: true });
  expect(mayReact({ ...facts, relation: "none" })).toMatchObject({ rule: "GST-9" });
  expect(mayReact({ ...facts, isArchived: true })).toMatchObject({ rule: "CH-7" });
});
