import type { Denial } from "./denial.ts";

/** Messages (MSG). */
export const MESSAGE_CODES = {
  "message-empty": {
    status: 400,
    title: "Empty message",
    why: "A message needs some text.",
  },
  "message-too-long": {
    status: 400,
    title: "Message too long",
    why: "A message has at most 16 000 characters.",
  },
  "message-not-text": {
    status: 400,
    title: "Not text",
    why: "The message holds half a character (a lone surrogate), which cannot be stored as given.",
  },
} as const satisfies Record<string, Denial>;
