import type { Denial } from "./denial.ts";

/** Messages (MSG). */
export const MESSAGE_CODES = {
  "message-empty": {
    status: 400,
    title: "Empty message",
    why: "A message needs some text.",
    field: "text",
  },
  "message-too-long": {
    status: 400,
    title: "Message too long",
    why: "A message has at most 16 000 characters.",
    field: "text",
  },
  "message-not-text": {
    status: 400,
    title: "Not text",
    why: "The message holds half a character (a lone surrogate), which cannot be stored as given.",
    field: "text",
  },
  "message-deleted": {
    status: 409,
    title: "Message deleted",
    why: "The message has been deleted.",
  },
  "too-many-edits": {
    status: 409,
    title: "Edited too often",
    why: "A message can be edited at most 50 times.",
  },
  "not-own-message": {
    status: 403,
    title: "Not your message",
    why: "Only its author edits a message.",
  },
  "emoji-invalid": {
    status: 400,
    title: "Not an emoji",
    why: "A reaction is one emoji, or a name like :wave:.",
    field: "emoji",
  },
  "too-many-reactions": {
    status: 409,
    title: "Too many reactions",
    why: "A message carries at most 50 different reactions.",
  },
  "mail-card-not-direct": {
    status: 409,
    title: "Only one-to-one",
    why: "A mail is answered by chat in a direct conversation with its sender, and nowhere else.",
  },
  "unknown-command": {
    status: 400,
    title: "Unknown command",
    why: "There is no such command; /help lists them.",
    field: "text",
  },
  "command-arguments": {
    status: 400,
    title: "Cannot be understood",
    why: "The command needs other arguments.",
    field: "text",
  },
  "call-running": {
    status: 409,
    title: "A call is running",
    why: "There is a call in this channel already.",
  },
  "call-over": {
    status: 409,
    title: "The call is over",
    why: "The call has ended.",
  },
  "not-call-manager": {
    status: 403,
    title: "Not yours to end",
    why: "A call is ended for everybody by who started it, or by whoever manages the channel.",
  },
  "bot-one-to-one": {
    status: 409,
    title: "One-to-one only",
    why: "Bots converse with one person at a time.",
  },
  "status-invalid": {
    status: 400,
    title: "Invalid status",
    why: "A status has an emoji or a text of at most 100 characters; it ends in the future if it ends, and of presences only dnd does.",
  },
} as const satisfies Record<string, Denial>;
