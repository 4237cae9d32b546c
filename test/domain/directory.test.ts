import { MAX_LISTED, searchKey } from "@vestibule/domain/directory";
import { maySeePerson } from "@vestibule/domain/visibility";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./holds.ts";
import { administrator, chatAdmin, deactivated, guest, outsider, user } from "./people.ts";

const allowed = { allowed: true };
const refused = (code: string, rule: string) => ({ allowed: false, code, rule });

test.each([
  ["  Ada   LOVELACE ", "ada lovelace"],
  ["Żółć", "zołc"],
  ["Müller-Lüdenscheidt", "muller-ludenscheidt"],
  ["ﬁn", "fin"],
  ["Ｔａｒｏ", "taro"],
  ["O'Neil", "o'neil"],
])("DIR-1 %s is searched as %s", (text, key) => {
  expect(searchKey(text)).toBe(key);
});

test("DIR-1 a key's key is itself, and case makes no other", () => {
  holds(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(searchKey(searchKey(text))).toBe(searchKey(text));
      expect(searchKey(text)).toBe(searchKey(text.normalize("NFC")));
    }),
  );
});

test("DIR-1 a listing has an end", () => {
  expect(MAX_LISTED).toBe(500);
});

test("DIR-1 members see everybody, a channel in common or not", () => {
  for (const viewer of [user, administrator, chatAdmin])
    for (const sharesChannel of [true, false])
      expect(maySeePerson({ viewer, sharesChannel })).toEqual(allowed);
});

test("GST-16 a guest sees themselves and those they share a channel with; nobody else exists", () => {
  expect(maySeePerson({ viewer: guest, sharesChannel: true })).toEqual(allowed);
  expect(maySeePerson({ viewer: guest, sharesChannel: false, isSelf: true })).toEqual(allowed);
  expect(maySeePerson({ viewer: guest, sharesChannel: false })).toEqual(refused("not-found", "GST-16"));
});

test("INV-15 GINV-10 ORG-10 whoever is not in, or not any more, sees nobody", () => {
  const see = (viewer: Parameters<typeof maySeePerson>[0]["viewer"]) =>
    maySeePerson({ viewer, sharesChannel: true, isSelf: true });
  expect(see(outsider)).toEqual(refused("not-found", "INV-15"));
  expect(see({ ...guest, state: "deactivated" })).toEqual(refused("not-found", "GINV-10"));
  expect(see(deactivated)).toEqual(refused("member-deactivated", "ORG-10"));
});
