import { parseInvitee } from "@vestibule/domain/mail-address";

/**
 * The entries of a pasted list, one per line or apart by comma or semicolon; a comma in a quoted name
 * (`"Lovelace, Ada" <ada@example.com>`) is part of it.
 */
export function entriesIn(text: string): string[] {
  const entries: string[] = [];
  for (const line of text.split(/[\r\n]+/u)) {
    let entry = "";
    let isQuoted = false;
    for (const character of line) {
      if (character === '"') isQuoted = !isQuoted;
      if (!isQuoted && /[,;\t]/u.test(character)) {
        entries.push(entry);
        entry = "";
      } else entry += character;
    }
    entries.push(entry);
  }
  return entries.map((entry) => entry.trim()).filter((entry) => entry !== "");
}

/** How many entries there are, and how many of them are no addresses; the service decides in the end. */
export function countOf(text: string): { all: number; odd: number } {
  const entries = entriesIn(text);
  return { all: entries.length, odd: entries.filter((entry) => parseInvitee(entry) === undefined).length };
}
