const FENCE = /^ {0,3}(`{3,}(?!.*`)|~{3,})/u;
const INDENTED = /^(?: {4}| {0,3}\t)/u;
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/u;

/** Whether a line closes a block of code that `fence` opened. */
function closes(line: string, fence: string): boolean {
  const trimmed = line.trim();
  return trimmed.length >= fence.length && trimmed === fence.charAt(0).repeat(trimmed.length);
}

/** The paragraphs of a Markdown text without its blocks of code, fenced or indented; an open fence goes on to the end. */
function paragraphs(text: string): string[] {
  const found: string[] = [];
  let lines: string[] = [];
  let fence: string | undefined;
  let isAfterBlank = true;
  let isInList = false;
  const end = (): void => {
    if (lines.length > 0) found.push(lines.join("\n"));
    lines = [];
  };
  for (const line of text.split(/\r\n|\r|\n/u)) {
    if (fence !== undefined) {
      if (closes(line, fence)) fence = undefined;
      continue;
    }
    const opened = FENCE.exec(line)?.[1];
    if (line.trim() === "" || opened !== undefined) {
      end();
      fence = opened;
      isAfterBlank = true;
      continue;
    }
    // What is indented below an entry of a list belongs to the entry.
    if (isAfterBlank && !isInList && INDENTED.test(line)) continue;
    if (LIST_ITEM.test(line)) isInList = true;
    else if (isAfterBlank && !/^\s/u.test(line)) isInList = false;
    isAfterBlank = false;
    lines.push(line);
  }
  end();
  return found;
}

/** A paragraph without its spans of code: from a row of backticks to the next of the same length. */
function withoutSpans(paragraph: string): string {
  const rows = [...paragraph.matchAll(/`+/gu)].map(({ 0: row, index }) => ({ index, length: row.length }));
  const unpaired = new Set<number>();
  let prose = "";
  let from = 0;
  for (let open = 0; open < rows.length; open += 1) {
    const row = rows[open];
    if (row === undefined || unpaired.has(row.length)) continue;
    if (row.length === 1 && paragraph.charAt(row.index - 1) === "\\") continue;
    let close = open + 1;
    while (close < rows.length && rows[close]?.length !== row.length) close += 1;
    const closing = rows[close];
    if (closing === undefined) {
      unpaired.add(row.length);
      continue;
    }
    prose += `${paragraph.slice(from, row.index)} `;
    from = closing.index + closing.length;
    open = close;
  }
  return prose + paragraph.slice(from);
}

/** What of a Markdown text is words and not code, paragraph by paragraph (MSG-10). */
export function readableParts(text: string): string[] {
  return paragraphs(text).map(withoutSpans);
}
