import { type Inline, inlineOf } from "./markdown-inline.ts";

/** What a message's text is made of: the small part of Markdown that the page shows; the rest stays as it was written. */
export type Block =
  | { kind: "paragraph"; children: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "quote"; blocks: Block[] }
  | { kind: "list"; start: number | undefined; items: Inline[][] };

const FENCE = /^\s{0,3}```/u;
const QUOTE = /^\s{0,3}> ?/u;
const BULLET = /^\s{0,3}[-*+] +/u;
const NUMBER = /^\s{0,3}(\d{1,9})[.)] +/u;

/** Quotes within quotes beyond this are shown as text. */
const DEEPEST_QUOTE = 4;

/** The lines from `start` on for which `belongs`. */
function run(lines: readonly string[], start: number, belongs: (line: string) => boolean): string[] {
  const rest = lines.slice(start);
  const end = rest.findIndex((line) => !belongs(line));
  return end < 0 ? rest : rest.slice(0, end);
}

const isSpecial = (line: string, isQuotable: boolean): boolean =>
  line.trim() === "" ||
  FENCE.test(line) ||
  BULLET.test(line) ||
  NUMBER.test(line) ||
  (isQuotable && QUOTE.test(line));

function listOf(lines: readonly string[], mark: RegExp): Block {
  const start = NUMBER.exec(lines[0] ?? "")?.[1];
  const items = lines.map((line) => inlineOf(line.replace(mark, "")));
  return { kind: "list", start: start === undefined ? undefined : Number(start), items };
}

/** The blocks of a Markdown text. It costs in proportion to its length, whatever the text. */
export function blocksOf(text: string, depth = 0): Block[] {
  const lines = text.replaceAll(/\r\n?/gu, "\n").split("\n");
  const isQuotable = depth < DEEPEST_QUOTE;
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    if (line.trim() === "") {
      at += 1;
    } else if (FENCE.test(line)) {
      const code = run(lines, at + 1, (one) => !FENCE.test(one));
      blocks.push({ kind: "code", text: code.join("\n") });
      at += code.length + 2;
    } else if (isQuotable && QUOTE.test(line)) {
      const quoted = run(lines, at, (one) => QUOTE.test(one));
      const inner = quoted.map((one) => one.replace(QUOTE, "")).join("\n");
      blocks.push({ kind: "quote", blocks: blocksOf(inner, depth + 1) });
      at += quoted.length;
    } else if (BULLET.test(line) || NUMBER.test(line)) {
      const mark = BULLET.test(line) ? BULLET : NUMBER;
      const items = run(lines, at, (one) => mark.test(one));
      blocks.push(listOf(items, mark));
      at += items.length;
    } else {
      const said = [line, ...run(lines, at + 1, (one) => !isSpecial(one, isQuotable))];
      blocks.push({ kind: "paragraph", children: inlineOf(said.join("\n")) });
      at += said.length;
    }
  }
  return blocks;
}
