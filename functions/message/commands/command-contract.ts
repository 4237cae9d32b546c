import { MESSAGE_MAX_CHARACTERS } from "@vestibule/domain/posting";
import { ADD_STATUSES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { channelShape } from "../../contract/channel.ts";
import { text } from "../../contract/fields.ts";
import { messageShape } from "../../contract/message.ts";
import { statusShape } from "../../contract/status.ts";
import { route } from "../../shell/route.ts";

const COMMANDS = "/v1/organizations/{org}/channels/{chn}/commands";

/** A command as somebody types it; `utcOffsetMinutes`: by how much their clock is ahead, for the times in it. */
export const commandInputFields = {
  text: z.string().meta({ minLength: 1, maxLength: MESSAGE_MAX_CHARACTERS }),
  nonce: text(1, 64),
  utcOffsetMinutes: z
    .number()
    .int()
    .min(-14 * 60)
    .max(14 * 60)
    .optional(),
};

/** What a command is answered with, to its author alone; `text` says it in English. */
export const commandAnswerShape = z.object({
  command: z.string(),
  text: z.string().optional(),
  /** What was posted, by `/me` and `/msg`. */
  message: messageShape.optional(),
  /** The conversation that `/msg` opened. */
  channel: channelShape.optional(),
  /** How the author is now. */
  status: statusShape.optional(),
  /** What became of each person whom `/invite` named. */
  results: z.array(z.object({ handle: z.string(), status: z.enum(ADD_STATUSES) })).optional(),
});

export type CommandAnswer = z.infer<typeof commandAnswerShape>;

export const listCommandsRoute = route({
  operationId: "listCommands",
  method: "GET",
  path: COMMANDS,
  function: "message",
  summary:
    "The slash commands, to complete what somebody types: how each is written, and whether I may use it in this channel.",
  rules: ["MSG-13", "GST-2"],
  answers: {
    200: z.object({
      items: z.array(
        z.object({
          name: z.string(),
          usage: z.string(),
          description: z.string(),
          allowed: z.boolean(),
          code: z.string(),
          rule: z.string().nullable(),
        }),
      ),
      nextCursor: z.null(),
    }),
  },
  refusals: ["not-channel-member"],
});

export const runCommandRoute = route({
  operationId: "runCommand",
  method: "POST",
  path: COMMANDS,
  function: "message",
  summary:
    "Carry out a slash command; its author alone is answered. The nonce makes it idempotent: repeated, it is answered as the first time. What it does is refused as by its own route.",
  rules: ["MSG-13", "GST-2"],
  body: z.strictObject(commandInputFields),
  answers: { 200: commandAnswerShape },
  refusals: [
    "unknown-command",
    "command-arguments",
    "guest-restricted",
    "not-channel-member",
    "not-channel-admin",
    "not-in-conversations",
    "general-channel",
    "channel-archived",
    "through-group",
    "shares-no-channel",
    "too-few-people",
    "status-invalid",
    "message-empty",
    "message-too-long",
    "message-not-text",
    "idempotency-in-progress",
    "idempotency-key-reused",
  ],
});

/** The routes of slash commands. */
export const commandRoutes = [listCommandsRoute, runCommandRoute] as const;
