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

test("INV-16 nothing but a link leaves nothing of a name", () => {
  expect(shownName(" https://evil.example/ ")).toBe("");
});

test("INV-16 a message keeps its lines, at most one blank between two", () => {
  expect(shownMessage("Dear Ada,\r\n\n\n\n\n  come\tin\rsoon\u0000 \n\n")).toBe("Dear Ada,\n\ncome in\nsoon");
});

test("INV-16 a long message is cut to 1000 characters", () => {
  expect([...shownMessage("word ".repeat(1_000))].length).toBeLessThanOrEqual(1_000);
});
