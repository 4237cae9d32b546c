import { randomUUID } from "node:crypto";

let lastMs = 0;

/** An id in SES's shape that begins with the time, and so sorts by it. */
export function messageId(nowMs: number): string {
  lastMs = Math.max(lastMs + 1, nowMs);
  return `${lastMs.toString(16).padStart(16, "0")}-${randomUUID()}-000000`;
}
