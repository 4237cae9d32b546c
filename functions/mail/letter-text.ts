import type { Letter } from "./letter.ts";

/** A mail's text part: all that its HTML part says (INV-16). */
export function letterText({ greeting, paragraphs, facts, notes, message, action, closing }: Letter): string {
  const parts = [
    greeting,
    ...paragraphs,
    facts.map(([label, value]) => `${label}: ${value}`).join("\n"),
    ...(message === undefined ? [] : [`${message.intro}\n${message.text.replace(/^/gmu, "> ")}`]),
    ...notes,
    ...(action === undefined ? [] : [`${action.label}:\n${action.href}`]),
    closing,
  ];
  return `${parts.join("\n\n")}\n`;
}
