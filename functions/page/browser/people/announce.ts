import { part } from "../render.ts";

/** Tells a screen reader what came of something; those who see have seen it. */
export function announce(sentence: string): void {
  part("told").textContent = sentence;
}
