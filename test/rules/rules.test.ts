import { readFileSync } from "node:fs";
import { RULE_SECTIONS } from "@vestibule/domain/codes";
import { expect, test } from "vitest";
import { placesInCode, rulesIn, testTitles, titlesIn } from "./citations.ts";
import { ruleEntries, rulesDocument } from "./rules-document.ts";

const entries = ruleEntries();

test.each(entries)("$rule has a place in the code and a test: $text", ({ code, tests }) => {
  expect(code).not.toEqual([]);
  expect(tests).not.toEqual([]);
});

test("docs/rules.md is up to date (npm run docs)", () => {
  expect(readFileSync("docs/rules.md", "utf8")).toBe(rulesDocument());
});

test("what looks like a rule is of a section that exists", () => {
  const cited = [...placesInCode(), ...testTitles()].flatMap(({ rules }) => rules);
  const NOT_RULES = ["SHA", "UTF", "ISO", "ES", "RFC", "AES"];
  const sections = new Set(cited.map((rule) => rule.slice(0, rule.indexOf("-"))));
  const known: readonly string[] = [...RULE_SECTIONS, ...NOT_RULES];
  expect([...sections].filter((section) => !known.includes(section))).toEqual([]);
});

test("citations are read as they are written", () => {
  expect(rulesIn("ORG-1…4, highest first; INV-5, 6, 14, MINV-6")).toEqual([
    "ORG-1",
    "ORG-2",
    "ORG-3",
    "ORG-4",
    "INV-5",
    "INV-6",
    "INV-14",
    "MINV-6",
  ]);
  const titled = 'test("SEAT-1 is a title", async () => { expect("SEAT-2 is not").toBe(""); });';
  expect(titlesIn(titled)).toEqual(["SEAT-1 is a title"]);
});
