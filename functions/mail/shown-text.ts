import { stripLinks } from "./strip-links.ts";

/** The longest name a mail shows, in code points (INV-16). */
const NAME_LENGTH = 64;

/** The longest message a mail shows, in code points (INV-16). */
const MESSAGE_LENGTH = 1_000;

/** Controls but the line feed, and lone surrogates: nothing a person typed, and nothing a header may hold. */
const CONTROLS = /[\p{Cc}\p{Cs}\u2028\u2029]/gu;

/** Marks without a width of their own that turn text around or hide inside words; joiners stay, emoji need them. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

function cap(text: string, length: number): string {
  const points = [...text];
  return points.length <= length
    ? text
    : `${points
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`;
}

function clean(line: string): string {
  const visible = line.replace(CONTROLS, " ").replace(INVISIBLE, "");
  return stripLinks(visible).replace(/\s+/gu, " ").trim();
}

/** A name as a mail shows it: one line, without links and control characters, of 64 characters at most (INV-16). */
export function shownName(name: string): string {
  return cap(clean(name.slice(0, NAME_LENGTH * 8)), NAME_LENGTH);
}

/** A message as a mail shows it: its lines, without links and control characters, capped (INV-16); no two blank ones. */
export function shownMessage(message: string): string {
  const lines = message
    .slice(0, MESSAGE_LENGTH * 2)
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/u)
    .map(clean);
  return cap(
    lines
      .join("\n")
      .replace(/\n{3,}/gu, "\n\n")
      .trim(),
    MESSAGE_LENGTH,
  );
}
