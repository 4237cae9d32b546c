import { DENIALS } from "@vestibule/domain/codes";
import { expect, test } from "vitest";
import { reasonOf } from "../../functions/page/browser/people/reasons.ts";
import { de } from "../../functions/page/browser/people/sentences/de.ts";
import { en } from "../../functions/page/browser/people/sentences/en.ts";
import { es } from "../../functions/page/browser/people/sentences/es.ts";
import { fr } from "../../functions/page/browser/people/sentences/fr.ts";
import { it } from "../../functions/page/browser/people/sentences/it.ts";
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
    const astray = others.filter(([place, sentence]) => given(sentence) !== given(english.get(place) ?? ""));
    expect(astray).toEqual([]);
  },
);

test.each(Object.entries({ fr, de, it, es }))(
  "%s is translated but for words that are the same",
  (_, sentences) => {
    const same = sentencesIn(sentences).filter(([place, sentence]) => english.get(place) === sentence);
    // One word, or a word and a name: product names, "Actions", "Plan: …".
    expect(same.filter(([, sentence]) => /\w+ \w+/u.test(sentence))).toEqual([]);
  },
);

test.each(Object.entries({ fr, de, it, es }))(
  "GST-17 %s says by itself why something is refused: by code, of guests by rule; the rest is the service's",
  (_, { reasons }) => {
    const why = (code: string, rule = "") => reasonOf(reasons(), code, rule);
    expect(why("last-legal-representative", "ORG-6")).not.toBe(DENIALS["last-legal-representative"].why);
    expect(why("guest-restricted", "GST-12")).toBe(why("not-found", "GST-12"));
    expect(why("guest-restricted", "GST-12")).not.toBe(why("guest-restricted", "GST-1"));
    // The same rule decides many things: only of guests does it say more than the code.
    expect(why("not-chat-admin", "GST-12")).toBe(why("not-chat-admin", "RGT-1"));
    expect(why("handle-taken", "CH-4")).toBeUndefined();
    expect(why("constructor")).toBeUndefined();
    const all = Object.values(reasons() ?? {});
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((sentence) => !/^\p{Lu}.*\.$/u.test(sentence))).toEqual([]);
  },
);

test("GST-17 in English the service's own words stand", () => {
  expect(reasonOf(en.reasons(), "not-chat-admin", "RGT-1")).toBeUndefined();
});
