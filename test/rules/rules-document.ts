import { placesInCode, testTitles } from "./citations.ts";
import { FINISHED_RULES } from "./finished-rules.ts";

export type RuleEntry = {
  readonly rule: string;
  readonly text: string;
  readonly code: readonly string[];
  readonly tests: readonly { readonly title: string; readonly file: string }[];
};

/** Every finished rule with its places in the code and its tests. */
export function ruleEntries(): RuleEntry[] {
  const places = placesInCode();
  const titles = testTitles();
  return Object.entries(FINISHED_RULES).map(([rule, text]) => ({
    rule,
    text,
    code: places.filter(({ rules }) => rules.includes(rule)).map(({ file }) => file),
    tests: titles.filter(({ rules }) => rules.includes(rule)),
  }));
}

function section({ rule, text, code, tests }: RuleEntry): string {
  const titles = tests.map(({ title, file }) => `- ${title.replaceAll("|", "\\|")} — \`${file}\``);
  const places = code.map((file) => `\`${file}\``).join(" · ");
  return [`## ${rule}`, "", text, "", `Code: ${places}`, "", ...titles].join("\n");
}

/** docs/rules.md: from a rule to its code and its tests. */
export function rulesDocument(): string {
  const head = [
    "# Rules",
    "",
    "Which product rules are built, where, and which tests hold them. Written by `npm run docs` from `test/rules/finished-rules.ts`,",
    "the rules that the code cites and the titles of the tests; do not edit. `npm test` compares it.",
  ].join("\n");
  return `${[head, ...ruleEntries().map(section)].join("\n\n")}\n`;
}
