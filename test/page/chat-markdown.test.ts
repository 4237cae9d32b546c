import { mentionsIn } from "@vestibule/domain/mentions";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, blocksOf } from "../../functions/page/browser/chat/markdown.ts";
import { type Inline, inlineOf, webAddress } from "../../functions/page/browser/chat/markdown-inline.ts";

/** Parts as they would be read: `b(…)` bold, `i(…)` italic, `s(…)` struck, `c(…)` code, `@…` a mention, `a(href: …)`. */
function read(parts: readonly Inline[]): string {
  const one = (part: Inline): string => {
    switch (part.kind) {
      case "text":
        return part.text;
      case "code":
        return `c(${part.text})`;
      case "mention":
        return `m(${part.text})`;
      case "link":
        return `a(${part.href}: ${read(part.children)})`;
      case "bold":
      case "italic":
      case "struck":
        return `${part.kind[0]}(${read(part.children)})`;
    }
  };
  return parts.map(one).join("");
}

test.each([
  ["plain words", "plain words"],
  ["**bold** and *it* and _it_ and ~~no~~", "b(bold) and i(it) and i(it) and s(no)"],
  ["**bold *both* bold**", "b(bold i(both) bold)"],
  ["2 * 3 * 4 and a ** b", "2 * 3 * 4 and a ** b"],
  ["snake_case_name stays", "snake_case_name stays"],
  ["**never closed", "**never closed"],
  ["`a **b** @c`", "c(a **b** @c)"],
  ["``a ` b``", "c(a ` b)"],
  ["an ` alone", "an ` alone"],
  ["\\*not\\* \\@ada", "*not* @ada"],
  [
    "see https://example.com/a_b_c?x=1.",
    "see a(https://example.com/a_b_c?x=1: https://example.com/a_b_c?x=1).",
  ],
  ["(http://example.com/x)", "(a(http://example.com/x: http://example.com/x))"],
  ["https://example.com/x_(y)", "a(https://example.com/x_(y): https://example.com/x_(y))"],
  ["[the docs](https://example.com/d)", "a(https://example.com/d: the docs)"],
  ["[x](javascript:alert(1))", "[x](javascript:alert(1))"],
  ["[x](data:text/html,hi) [y](//evil.example)", "[x](data:text/html,hi) [y](//evil.example)"],
  ["<b>no</b> &amp;", "<b>no</b> &amp;"],
])("MSG-1 %j is read as %j", (text, expected) => {
  expect(read(inlineOf(text))).toBe(expected);
});

test.each([
  ["@ada, look", "m(@ada), look"],
  ["ask @ada.l. Or @channel!", "ask m(@ada.l). Or m(@channel)!"],
  ["ada@example.com @ada@example.com", "ada@example.com @ada@example.com"],
  ["**@ada**", "b(m(@ada))"],
])("MSG-10 in %j mentions are shown as the service reads them", (text, expected) => {
  expect(read(inlineOf(text))).toBe(expected);
});

describe("blocks", () => {
  const kinds = (blocks: readonly Block[]): unknown[] =>
    blocks.map((block) => (block.kind === "quote" ? [block.kind, kinds(block.blocks)] : block.kind));

  test("MSG-1 paragraphs, lists, quotes and code", () => {
    const text = "One\ntwo\n\n- a\n- b\n3. c\n> quoted\n> - item\n```js\nconst x = 1;\n\n# no\n```\nend";
    expect(kinds(blocksOf(text))).toEqual([
      "paragraph",
      "list",
      "list",
      ["quote", ["paragraph", "list"]],
      "code",
      "paragraph",
    ]);
  });

  test("MSG-1 code keeps its text, and ends with the message where it is not closed", () => {
    expect(blocksOf("```\n**a**\n  b")).toEqual([{ kind: "code", text: "**a**\n  b" }]);
  });

  test("MSG-1 a numbered list begins where it was begun", () => {
    expect(blocksOf("7. x\n8. y")).toMatchObject([
      { kind: "list", start: 7, items: [[{ text: "x" }], [{ text: "y" }]] },
    ]);
  });

  test("MSG-1 quotes go only so deep", () => {
    expect(JSON.stringify(blocksOf(`${"> ".repeat(500)}deep`)).split('"quote"').length - 1).toBe(4);
  });
});

function linksIn(parts: readonly Inline[]): string[] {
  return parts.flatMap((part) => {
    if (part.kind === "link") return [part.href];
    return "children" in part ? linksIn(part.children) : [];
  });
}

const pieces = fc.constantFrom(
  "*",
  "**",
  "_",
  "`",
  "~~",
  "[",
  "](",
  ")",
  "https://a.b/",
  "javascript:",
  "@ada",
  " ",
  "\n",
  "\\",
  "x",
  "> ",
  "- ",
  "```",
);
const texts = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(""));

test("MSG-1 whatever the text: every letter of it is shown, and links lead to the web alone", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const parts = inlineOf(text);
      for (const href of linksIn(parts)) expect(href).toMatch(/^https?:\/\//u);
      const letters = JSON.stringify(parts).split("x").length;
      expect(letters).toBeGreaterThanOrEqual(text.split("x").length);
      blocksOf(text);
    }),
  );
});

test.each(["*", "**a ", "_a", "`", "[", "~~", "> ", "@", "https://", "*a _b ~~c "])(
  "MSG-1 the longest message of nothing but %j is read in time",
  (piece) => {
    const text = piece.repeat(Math.floor(16_000 / piece.length));
    // Some milliseconds; what grew with the square of the length would end with the test's patience.
    expect(blocksOf(text)).not.toHaveLength(0);
  },
);

test("MSG-10 what is shown as a mention the service reads as one", () => {
  const shown = (parts: readonly Inline[]): string[] =>
    parts.flatMap((part) =>
      part.kind === "mention"
        ? [part.text.slice(1).toLowerCase()]
        : "children" in part
          ? shown(part.children)
          : [],
    );
  for (const text of ["@ada and @Ben", "no@mail", "@a.b-c_d.", "(@ada)", "@@ada", "https://x.example/@ada"]) {
    expect(shown(inlineOf(text)), text).toEqual(mentionsIn(text).names);
  }
});

test("a link is an address of the web", () => {
  expect(webAddress("https://example.com")).toBe("https://example.com/");
  for (const text of ["javascript:alert(1)", "data:,x", "ftp://x.example", "example.com", ""])
    expect(webAddress(text)).toBeUndefined();
});
