import { styleText } from "node:util";

type Style = "bold" | "dim" | "green" | "red" | "cyan";

/** Colours where somebody looks at them; plain text in a pipe or file. */
function styled(style: Style, text: string): string {
  const isWanted = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;
  return isWanted ? styleText(style, text) : text;
}

let steps = 0;

/** Begins a step: what is about to be shown. */
export function step(title: string): void {
  steps += 1;
  console.log(`\n${styled("bold", `${steps}. ${title}`)}`);
}

/** What was seen, and found as it should be. */
export function seen(text: string): void {
  console.log(`   ${styled("green", "✓")} ${text}`);
}

/** Something to read beside it: a mail, a frame, a figure. */
export function quote(text: string): void {
  for (const line of text.split("\n")) console.log(`   ${styled("dim", "│")} ${line}`);
}

export function frame(to: string, text: string): void {
  console.log(`   ${styled("cyan", `→ ${to}`)}  ${text}`);
}

export function failed(text: string): void {
  console.error(`\n${styled("red", "✗")} ${text}`);
}
