import { DENIALS, GUEST_RULES } from "@vestibule/domain/codes";
import { MESSAGE_CODES } from "@vestibule/domain/codes-of-messages";
import { expect, test } from "vitest";
import { de } from "../../functions/page/browser/chat/sentences/de.ts";
import { en } from "../../functions/page/browser/chat/sentences/en.ts";
import { es } from "../../functions/page/browser/chat/sentences/es.ts";
import { fr } from "../../functions/page/browser/chat/sentences/fr.ts";
import { it } from "../../functions/page/browser/chat/sentences/it.ts";
import { reasonOf } from "../../functions/page/browser/people/reasons.ts";
import { sentencesIn } from "./sentences-in.ts";

const given = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/gu))].sort().join();
const english = new Map(sentencesIn(en));

test.each(Object.entries({ fr, de, it, es }))(
  "%s says what English says, of the same people",
  (_, sentences) => {
    const others = sentencesIn(sentences);
    expect(others.map(([place]) => place)).toEqual([...english.keys()]);
    expect(others.filter(([, sentence]) => sentence.trim() === "" || sentence.includes("undefined"))).toEqual(
      [],
    );
    expect(others.filter(([place, sentence]) => given(sentence) !== given(english.get(place) ?? ""))).toEqual(
      [],
    );
    const same = others.filter(([place, sentence]) => english.get(place) === sentence);
    expect(same.filter(([, sentence]) => /[a-z]+ [a-z]+/u.test(sentence))).toEqual([]);
  },
);

test.each(Object.entries({ fr, de, it, es }))(
  "GST-17 %s says why anything about messages is refused, and each of the guests' rules",
  (_, { reasons }) => {
    const why = (code: string, rule = "") => reasonOf(reasons(), code, rule);
    for (const code of Object.keys(MESSAGE_CODES)) expect(why(code), code).toBeDefined();
    for (const rule of Object.keys(GUEST_RULES))
      expect(why("guest-restricted", rule), rule).not.toBe(why("guest-restricted"));
    expect(why("not-own-message", "MSG-6")).not.toBe(DENIALS["not-own-message"].why);
    const all = Object.values(reasons() ?? {});
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((sentence) => !/^\p{Lu}.*\.$/u.test(sentence))).toEqual([]);
  },
);

test("GST-17 in English the service's own words stand", () => {
  expect(reasonOf(en.reasons(), "not-own-message", "MSG-6")).toBeUndefined();
});
