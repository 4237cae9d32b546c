import { checkText, MESSAGE_MAX_CHARACTERS, mayPost, mayRead } from "@vestibule/domain/posting";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";
import { anyStanding, chatAdmin, deactivated, guest, outsider, user } from "./people.ts";

const allowed = { allowed: true };
const refused = (code: string, rule: string) => ({ allowed: false, code, rule });

test("MSG-1 text is accepted as given", () => {
  for (const text of ["a", " a ", "**Markdown** <b>", "👩‍👩‍👧", "\u0000", "a".repeat(16_000)])
    expect(checkText(text)).toEqual(allowed);
});

test("MSG-1 nothing, or nothing but space, is refused", () => {
  for (const text of ["", " ", "\n\t \u00a0\u2003"])
    expect(checkText(text)).toEqual(refused("message-empty", "MSG-1"));
});

test("MSG-1 characters are counted, not their halves", () => {
  expect(checkText("😀".repeat(16_000))).toEqual(allowed);
  const tooLong = { ...refused("message-too-long", "MSG-1"), details: { limit: 16_000 } };
  for (const text of [
    "a".repeat(16_001),
    "😀".repeat(16_001),
    `${"😀".repeat(15_999)}ab`,
    "a".repeat(1_000_000),
  ])
    expect(checkText(text)).toEqual(tooLong);
});

test("MSG-1 half a character cannot be stored as given", () => {
  expect(checkText("a\ud83d")).toEqual(refused("message-not-text", "MSG-1"));
});

test("MSG-1 whatever is accepted is short enough, not blank and whole", () => {
  holds(
    fc.property(fc.string({ unit: "binary", maxLength: 50 }), (text) => {
      if (checkText(text).allowed)
        expect(text.trim() !== "" && [...text].length <= MESSAGE_MAX_CHARACTERS).toBe(true);
    }),
  );
});

const open = { isArchived: false };

test("MSG-4 members and guests of a channel post and read in it", () => {
  for (const standing of [user, chatAdmin, guest])
    for (const relation of ["member", "admin"] as const) {
      expect(mayPost({ standing, relation, channel: open })).toEqual(allowed);
      expect(mayRead({ standing, relation })).toEqual(allowed);
    }
});

test("MSG-4 GST-9 nobody else does, chat admins included", () => {
  for (const standing of [user, chatAdmin]) {
    const outside = { standing, relation: "none", channel: open } as const;
    expect(mayPost({ ...outside, channelType: "public" })).toEqual(refused("not-channel-member", "MSG-4"));
    expect(mayPost({ ...outside, channelType: "private" })).toEqual(refused("not-found", "CH-5"));
    expect(mayPost(outside)).toEqual(refused("not-found", "CH-5"));
  }
  expect(mayPost({ standing: guest, relation: "none", channel: open })).toEqual(
    refused("not-found", "GST-9"),
  );
  expect(mayRead({ standing: outsider, relation: "member" })).toEqual(refused("not-found", "INV-15"));
  expect(mayRead({ standing: deactivated, relation: "admin" })).toEqual(
    refused("member-deactivated", "ORG-10"),
  );
});

test("CH-7 an archived channel is read-only, and says so only to those in it", () => {
  const channel = { isArchived: true };
  expect(mayPost({ standing: user, relation: "admin", channel })).toEqual(
    refused("channel-archived", "CH-7"),
  );
  expect(mayPost({ standing: guest, relation: "none", channel })).toEqual(refused("not-found", "GST-9"));
  expect(mayRead({ standing: user, relation: "member" })).toEqual(allowed);
});

test("MSG-4 whoever may post may read", () => {
  const anyRelation = fc.constantFrom("none", "member", "admin");
  holds(
    fc.property(anyStanding, anyRelation, fc.boolean(), (standing, relation, isArchived) => {
      if (mayPost({ standing, relation, channel: { isArchived } }).allowed)
        expect(mayRead({ standing, relation })).toEqual(allowed);
    }),
  );
});
