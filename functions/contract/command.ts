import { MESSAGE_MAX_CHARACTERS } from "@vestibule/domain/posting";
import { ADD_STATUSES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { channelShape } from "./channel.ts";
import { text } from "./fields.ts";
import { messageShape } from "./message.ts";
import { statusShape } from "./status.ts";

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
