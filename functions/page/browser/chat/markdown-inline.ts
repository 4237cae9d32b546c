/** A part of a line. A link's `href` is an address of the web, and nothing else. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "mention"; text: string }
  | { kind: "link"; href: string; children: Inline[] }
  | { kind: "bold" | "italic" | "struck"; children: Inline[] };

const PUNCTUATION = /[!-/:-@[-`{-~]/u;
const WORD = /[\p{L}\p{N}\p{M}_]/u;
/** As the service reads mentions (MSG-10). */
const MENTION = /@[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]*/uy;
const ADDRESS = /https?:[/]{2}[^\s<>"']+/iuy;

const MARKS = [
  ["**", "bold"],
  ["__", "bold"],
  ["~~", "struck"],
  ["*", "italic"],
  ["_", "italic"],
] as const;

const DEEPEST = 5;

/** The address that a link leads to; none for what is no address of the web (`javascript:` is one of those). */
export function webAddress(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "https:" || url?.protocol === "http:" ? url.href : undefined;
}

/** What ends a sentence is none of the address in it; a bracket is, where it was opened in it. */
function trimmed(address: string): string {
  let end = address.replace(/[.,;:!?*_~]+$/u, "");
  while (end.endsWith(")") && !end.includes("(")) end = end.slice(0, -1).replace(/[.,;:!?*_~]+$/u, "");
  return end;
}

/** The parts of a paragraph's text. */
export function inlineOf(text: string, depth = 0): Inline[] {
  const parts: Inline[] = [];
  /** Marks that are known not to be closed further on: they are looked for once. */
  const unclosed = new Set<string>();
  let plain = "";
  let at = 0;

  function add(part: Inline, end: number): void {
    if (plain !== "") parts.push({ kind: "text", text: plain });
    plain = "";
    parts.push(part);
    at = end;
  }

  /** Where `mark` is closed: behind something, and not behind a space. */
  function closing(mark: string, from: number): number {
    if (unclosed.has(mark)) return -1;
    for (let end = text.indexOf(mark, from); end >= 0; end = text.indexOf(mark, end + 1)) {
      const isOneOfTwo = mark.length === 1 && (text[end + 1] === mark || text[end - 1] === mark);
      if (isOneOfTwo || /\s/u.test(text[end - 1] ?? " ")) continue;
      if (mark.startsWith("_") && WORD.test(text[end + mark.length] ?? "")) continue;
      return end;
    }
    unclosed.add(mark);
    return -1;
  }

  function code(): boolean {
    const ticks = /`+/uy;
    ticks.lastIndex = at;
    const mark = ticks.exec(text)?.[0];
    if (mark === undefined) return false;
    const from = at + mark.length;
    const end = unclosed.has(mark) ? -1 : text.indexOf(mark, from);
    if (end < 0) {
      unclosed.add(mark);
      plain += mark;
      at = from;
    } else add({ kind: "code", text: text.slice(from, end).trim() }, end + mark.length);
    return true;
  }

  function marked(): boolean {
    if (depth >= DEEPEST) return false;
    for (const [mark, kind] of MARKS) {
      if (!text.startsWith(mark, at)) continue;
      const from = at + mark.length;
      const isInWord = mark.startsWith("_") && WORD.test(text[at - 1] ?? "");
      if (isInWord || /\s/u.test(text[from] ?? " ")) continue;
      const end = closing(mark, from + 1);
      if (end < 0) continue;
      add({ kind, children: inlineOf(text.slice(from, end), depth + 1) }, end + mark.length);
      return true;
    }
    return false;
  }

  function link(): boolean {
    const named = /\[([^\]\n]{1,500})\]\(([^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?)\)/uy;
    named.lastIndex = at;
    const [whole, label = "", address = ""] = named.exec(text) ?? [];
    const href = whole === undefined ? undefined : webAddress(address);
    if (whole === undefined || href === undefined) return false;
    // Without links in links.
    add({ kind: "link", href, children: [{ kind: "text", text: label }] }, at + whole.length);
    return true;
  }

  function address(): boolean {
    if (WORD.test(text[at - 1] ?? "")) return false;
    ADDRESS.lastIndex = at;
    const found = trimmed(ADDRESS.exec(text)?.[0] ?? "");
    const href = webAddress(found);
    if (href === undefined) return false;
    add({ kind: "link", href, children: [{ kind: "text", text: found }] }, at + found.length);
    return true;
  }

  function mention(): boolean {
    if (/[\p{L}\p{N}\p{M}_@\\]/u.test(text[at - 1] ?? "")) return false;
    MENTION.lastIndex = at;
    const found = MENTION.exec(text)?.[0].replace(/[._-]+$/u, "");
    if (found === undefined || text[at + found.length] === "@") return false;
    add({ kind: "mention", text: found }, at + found.length);
    return true;
  }

  while (at < text.length) {
    const char = text[at] ?? "";
    const next = text[at + 1] ?? "";
    if (char === "\\" && PUNCTUATION.test(next)) {
      plain += next;
      at += 2;
      continue;
    }
    if (char === "`" && code()) continue;
    if ("*_~".includes(char) && marked()) continue;
    if (char === "[" && link()) continue;
    if ((char === "h" || char === "H") && address()) continue;
    if (char === "@" && mention()) continue;
    plain += char;
    at += 1;
  }
  if (plain !== "") parts.push({ kind: "text", text: plain });
  return parts;
}
