/** What somebody is about to write, as far as it can be completed: a command at the start, or a mention anywhere. */
export type Started = { kind: "command" | "mention"; word: string; start: number; end: number };

const COMMAND = /^\/([a-z]*)$/iu;
const MENTION = /(?:^|[^\p{L}\p{N}\p{M}_@\\`])@([\p{L}\p{N}._-]{0,64})$/u;

/** What is started right before the cursor; none in the middle of a word. */
export function startedAt(text: string, cursor: number): Started | undefined {
  if (/[\p{L}\p{N}]/u.test(text[cursor] ?? "")) return undefined;
  const before = text.slice(0, cursor);
  const command = COMMAND.exec(before)?.[1];
  if (command !== undefined) return { kind: "command", word: command.toLowerCase(), start: 0, end: cursor };
  const mention = MENTION.exec(before)?.[1];
  if (mention === undefined) return undefined;
  const start = cursor - mention.length - 1;
  return { kind: "mention", word: mention.toLowerCase(), start, end: cursor };
}

/** The text with what was started replaced by what was chosen, and where the cursor is then. */
export function completed(
  text: string,
  { start, end }: Started,
  chosen: string,
): { text: string; cursor: number } {
  const rest = text.slice(end);
  const gap = rest.startsWith(" ") ? "" : " ";
  return { text: `${text.slice(0, start)}${chosen}${gap}${rest}`, cursor: start + chosen.length + 1 };
}

/** MSG-13: a text that is a command and no message; a space before the slash makes it one. */
export function isCommand(text: string): boolean {
  return /^\/[a-z]/iu.test(text);
}
