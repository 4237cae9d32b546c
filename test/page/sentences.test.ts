import { expect, test } from "vitest";
import { de } from "../../functions/page/browser/invite/sentences/de.ts";
import { en } from "../../functions/page/browser/invite/sentences/en.ts";
import { es } from "../../functions/page/browser/invite/sentences/es.ts";
import { fr } from "../../functions/page/browser/invite/sentences/fr.ts";
import { it } from "../../functions/page/browser/invite/sentences/it.ts";

const NAMES = {
  organization: "{organization}",
  sender: "{sender}",
  invited: "{invited}",
  signedIn: "{signedIn}",
  reference: "{reference}",
};

/** Every sentence by its place, with what it was given in it. */
function sentencesIn(part: unknown, place = ""): [place: string, sentence: string][] {
  if (typeof part === "string") return [[place, part]];
  if (typeof part === "function") {
    // What takes one text shows it; what takes names shows those that it takes.
    const ofText = String(part("{text}"));
    return [[place, ofText.includes("{text}") ? ofText : String(part(NAMES))]];
  }
  return Object.entries(part as object).flatMap(([key, inner]) => sentencesIn(inner, `${place}.${key}`));
}

const given = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/gu))].sort();
const english = new Map(sentencesIn(en));

test.each(Object.entries({ fr, de, it, es }))(
  "INV-16 %s says what English says, of the same people",
  (_, sentences) => {
    const others = sentencesIn(sentences);
    expect(others.map(([place]) => place)).toEqual([...english.keys()]);
    for (const [place, sentence] of others) {
      expect(sentence.trim(), place).not.toBe("");
      expect(sentence, place).not.toContain("undefined");
    }
    const untranslated = others.filter(([place, sentence]) => english.get(place) === sentence);
    expect(untranslated).toEqual([]);
    const astray = others.filter(
      ([place, sentence]) => given(sentence).join() !== given(english.get(place) ?? "").join(),
    );
    expect(astray).toEqual([]);
  },
);
