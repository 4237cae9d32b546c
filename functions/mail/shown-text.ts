import { stripLinks } from "./strip-links.ts";

/** The longest name a mail shows, in code points (INV-16). */
const NAME_LENGTH = 64;

/** The longest message a mail shows, in code points (INV-16). */
const MESSAGE_LENGTH = 1_000;

/** Controls but the line feed, and lone surrogates: nothing a person typed, and nothing a header may hold. */
const CONTROLS = /[\p{Cc}\p{Cs}\u2028\u2029]/gu;

/** What has no width of its own, turns text around or hides inside words; joiners and emoji's selectors stay, where they join. */
const INVISIBLE = /(?!\u200c|\u200d|[\ufe0e\ufe0f])\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu;

/** Beside them a joiner joins nothing: it would only hide a link from `stripLinks`, or be the whole of a name. */
const UNJOINED = "[\\p{ASCII}\\p{P}\\p{Z}\\p{sc=Latn}\\p{sc=Grek}\\p{sc=Cyrl}]";
const IDLE_JOINERS = new RegExp(
  `(?<=^|${UNJOINED})[\\u200c\\u200d]+|[\\u200c\\u200d]+(?=$|${UNJOINED})`,
  "gu",
);

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
  const visible = line.replace(CONTROLS, " ").replace(INVISIBLE, "").replace(IDLE_JOINERS, "");
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
