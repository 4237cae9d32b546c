import { globSync, readFileSync } from "node:fs";

const CITED = /\b([A-Z]{2,4})-(\d+)((?:…\d+|, \d+)*)/gu;

/** The rules that a text cites; `INV-5…7` and `INV-5, 6` are written for several. */
export function rulesIn(text: string): string[] {
  return [...text.matchAll(CITED)].flatMap(([, section, first, more = ""]) => {
    const numbers = [Number(first)];
    for (const [, sign, digits] of more.matchAll(/(…|, )(\d+)/gu)) {
      const last = Number(digits);
      const from = sign === "…" ? (numbers.at(-1) ?? last) + 1 : last;
      for (let number = from; number <= last; number += 1) numbers.push(number);
    }
    return numbers.map((number) => `${section}-${number}`);
  });
}

/** The title of a test: a text that is followed by the test's function. */
const TITLE = /(["'`])((?:(?!\1|\n).)+)\1,\s*(?:async\s+)?(?:\([^)]*\)|\w+)?\s*=>/gu;

/** The titles of a test file that cite a rule. */
export function titlesIn(source: string): string[] {
  const titles = [...source.matchAll(TITLE)].map(([, , title = ""]) => title);
  return [...new Set(titles)].filter((title) => rulesIn(title).length > 0);
}

export type Place = { readonly file: string; readonly rules: readonly string[] };
export type TestTitle = { readonly title: string; readonly file: string; readonly rules: readonly string[] };

const read = (file: string): string => readFileSync(file, "utf8");

/** Where the code cites rules. Contracts only name the rules of a route; what cites one elsewhere carries it out. */
export function placesInCode(): Place[] {
  return globSync(["domain/*.ts", "functions/**/*.ts"])
    .filter((file) => !file.includes("node_modules") && !file.endsWith("contract.ts"))
    .sort()
    .map((file) => ({ file, rules: rulesIn(read(file)) }));
}

/** Every test whose title cites a rule. */
export function testTitles(): TestTitle[] {
  return globSync("test/**/*.test.ts")
    .sort()
    .flatMap((file) => titlesIn(read(file)).map((title) => ({ title, file, rules: rulesIn(title) })));
}
