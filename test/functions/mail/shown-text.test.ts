import { expect, test } from "vitest";
import { shownMessage, shownName } from "../../../functions/mail/shown-text.ts";

test("INV-16 a name is one line without control characters, whatever was typed", () => {
  expect(shownName("Ada\r\nBcc: x\u0000\u0007\tLovelace\u2028")).toBe("Ada Bcc: x Lovelace");
});

test("INV-16 a name cannot turn the text around it, or hide in it", () => {
  expect(shownName("\u202emoc.elpmaxe\u202c \u200bA\u00adcme\ufeff\u2066")).toBe("moc elpmaxe Acme");
});

test("INV-16 a long name is cut to 64 characters, none of them halved", () => {
  const shown = shownName("😀".repeat(200));
  expect([...shown]).toHaveLength(64);
  expect(shown.endsWith("😀…")).toBe(true);
  expect(shown.isWellFormed()).toBe(true);
});

test("INV-16 a name of 64 characters is whole", () => {
  expect(shownName("x".repeat(64))).toBe("x".repeat(64));
});

test("INV-16 names of every script and joined emoji are left alone", () => {
  for (const name of ["مؤسسة النور", "株式会社テスト", "שלום", "Zoë Ångström-O’Neil", "👩‍👩‍👧 Club"]) {
    expect(shownName(name)).toBe(name);
  }
});

test("INV-16 joiners stay where they join letters of their script", () => {
  for (const name of [
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "\u0915\u094d\u200d\u0937",
    "\u2764\ufe0f\u200d\ud83d\udd25",
  ]) {
    expect(shownName(name)).toBe(name);
  }
});

test.each([
  ["a joiner before the dot", "see evil\u200d.example now", "see evil example now"],
  ["a joiner behind the dot", "see evil.\u200dexample now", "see evil example now"],
  ["a joiner within the last label", "see evil.ex\u200cample now", "see evil example now"],
  ["a joiner within the scheme", "see https:\u200d//evil.example/x now", "see now"],
  ["tag characters", "see evil.\u{e0065}example/x now", "see now"],
  ["a selector of another script", "see evil.\u180bexample/x now", "see now"],
  ["letters without a width", "\u3164\u115f\uffa0 A\u3164da", "Ada"],
  ["nothing but joiners", "\u200d\u200c", ""],
])("INV-16 %s hides no link and makes no name", (_, given, expected) => {
  expect(shownName(given)).toBe(expected);
  expect(shownMessage(given)).toBe(expected);
});

test("INV-16 nothing but a link leaves nothing of a name", () => {
  expect(shownName(" https://evil.example/ ")).toBe("");
});

test("INV-16 a message keeps its lines, at most one blank between two", () => {
  expect(shownMessage("Dear Ada,\r\n\n\n\n\n  come\tin\rsoon\u0000 \n\n")).toBe("Dear Ada,\n\ncome in\nsoon");
});

test("INV-16 a long message is cut to 1000 characters", () => {
  expect([...shownMessage("word ".repeat(1_000))].length).toBeLessThanOrEqual(1_000);
});
