import * as z from "zod";
import { commandAnswerShape, commandInputFields } from "../contract/command.ts";
import { route } from "../shell/route.ts";

const COMMANDS = "/v1/organizations/{org}/channels/{chn}/commands";

export const listCommandsRoute = route({
  operationId: "listCommands",
  method: "GET",
  path: COMMANDS,
  function: "command",
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
  function: "command",
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
