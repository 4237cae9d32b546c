import { groupNamesFor, MAX_MENTIONS, mentionsIn } from "@vestibule/domain/mentions";
import fc from "fast-check";
import { expect, test } from "vitest";

test.each([
  ["alone", "@ann-1a2b", ["ann-1a2b"]],
  [
    "within a sentence, with what ends it",
    "hey @ann-1a2b, and @bob.k-9z9z. (@eve-0000)",
    ["ann-1a2b", "bob.k-9z9z", "eve-0000"],
  ],
  ["whatever the case", "@Ann-1A2B", ["ann-1a2b"]],
  ["once, however often", "@ann-1 @ann-1 @ANN-1", ["ann-1"]],
  ["of a group in any script", "@Größe_3 @経理", ["größe_3", "経理"]],
  ["in bold, quotes and lists", "**@a1**\n> @b1\n- @c1\n    - @d1", ["a1", "b1", "c1", "d1"]],
  ["indented below a list's entry", "- x\n\n    @a1", ["a1"]],
  ["one after the other", "@a1/@b1,@c1", ["a1", "b1", "c1"]],
  ["after an open backtick", "it`s @a1", ["a1"]],
  ["behind a span", "`@no` @a1 ``@no ` @no`` @b1", ["a1", "b1"]],
  ["behind a block", "```js\n@no\n```\n@a1\n~~~\n@no\n```\n~~~\n@b1", ["a1", "b1"]],
  ["where a span would have to go on beyond its paragraph", "a ` b\n\n@a1 ` c", ["a1"]],
  ["in an indented line that goes on a paragraph", "x\n    @a1", ["a1"]],
])("MSG-10 a mention is found: %s", (_what, text, names) => {
  expect(mentionsIn(text)).toEqual({ isChannel: false, names });
});

test.each([
  ["in an address", "write to ann@example.com"],
  ["in an address of another network", "@ann@example.com"],
  ["in a web address", "https://example.com/@ann?to=@bob"],
  ["in a word", "x@ann é@ann 1@ann _@ann"],
  ["escaped", "\\@ann"],
  ["in a span of code", "`@ann` ``a ` @ann``"],
  ["in a fenced block", "```\n@ann\n```"],
  ["in a block that is never closed", "~~~\n@ann"],
  ["in an indented block", "text\n\n    @ann\n\t@bob"],
  ["alone", "@ @. @-ann @@"],
  ["too long", `@${"a".repeat(65)}`],
])("MSG-10 nobody is mentioned by an @ that is %s", (_what, text) => {
  expect(mentionsIn(text)).toEqual({ isChannel: false, names: [] });
});

test("MSG-10 @channel mentions everybody, beside the others", () => {
  expect(mentionsIn("@channel @ann-1")).toEqual({ isChannel: true, names: ["ann-1"] });
  expect(mentionsIn("@Channel!")).toEqual({ isChannel: true, names: [] });
  expect(mentionsIn("@channels `@channel`")).toEqual({ isChannel: false, names: ["channels"] });
});

test("MSG-10 a message mentions at most 20 people and groups", () => {
  const text = Array.from({ length: 30 }, (_, index) => `@p${index}`).join(" ");
  expect(mentionsIn(`${text} @channel`)).toEqual({
    isChannel: true,
    names: Array.from({ length: MAX_MENTIONS }, (_, index) => `p${index}`),
  });
});

test("MSG-10 any text is read, and what is found is in it", () => {
  const piece = fc.constantFrom(
    "@",
    "a",
    "é",
    "`",
    "```",
    "~~~",
    "\n",
    "    ",
    " ",
    "\\",
    ".",
    "- ",
    "https://",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join("");
      for (const name of mentionsIn(text).names) expect(text).toContain(`@${name}`);
      expect(mentionsIn(`\`\`\`\n${text.replaceAll("`", "")}`).names).toEqual([]);
    }),
  );
});

test("MSG-10 the longest texts are read in no time", () => {
  const long = ["`", "@a ", "` @a ", "``` ", "https://", "- \n\n    ", "@a.-", "a://", "` "];
  const start = performance.now();
  for (const piece of long) mentionsIn(`${piece.repeat(16_000 / piece.length)}@`);
  mentionsIn(`@a${".".repeat(15_990)}a`);
  expect(performance.now() - start).toBeLessThan(2_000);
});

test("MSG-10 a group is meant by its name, its spaces written as dots, hyphens or underscores", () => {
  expect(groupNamesFor("sales-team_north")).toEqual(["sales-team_north", "sales team north"]);
  expect(groupNamesFor("sales")).toEqual(["sales"]);
});
