import { type ShownStatus, STATUS_MAX_CHARACTERS, type StatusChange } from "@vestibule/domain/status";
import { PRESENCES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { isoTime } from "../table/table.ts";
import { momentSchema } from "./moment.ts";

/** What somebody sets of their status (PRS-1, PRS-2); the domain judges it, so that a refusal says which rule. */
export const statusInputFields = {
  presence: z.enum(PRESENCES).optional(),
  /** `null` takes it away. */
  custom: z
    .strictObject({
      emoji: z.string().max(64).optional(),
      text: z.string().max(2_000).meta({ maxLength: STATUS_MAX_CHARACTERS }).optional(),
      until: momentSchema.optional(),
    })
    .nullable()
    .optional(),
  /** Ends DND, and a custom status that has no end of its own. */
  until: momentSchema.optional(),
};

type StatusInput = z.infer<z.ZodObject<typeof statusInputFields>>;

const msOf = (moment: string | undefined): number | undefined =>
  moment === undefined ? undefined : Date.parse(moment);

/** What is asked for, in the domain's words. */
export function statusChangeOf({ presence, custom, until }: StatusInput): StatusChange {
  return {
    presence,
    custom: custom === undefined || custom === null ? custom : { ...custom, until: msOf(custom.until) },
    until: msOf(until),
  };
}

/** How somebody is (PRS-1, PRS-2); `until` is when a manual presence ends, `custom.until` when the text does. */
export const statusShape = z.object({
  userId: z.string(),
  presence: z.enum(PRESENCES),
  until: z.string().optional(),
  custom: z
    .object({ emoji: z.string().optional(), text: z.string().optional(), until: z.string().optional() })
    .optional(),
});

export type StatusShape = z.infer<typeof statusShape>;

/** How somebody is, as the contract has it. */
export function presentStatus(userId: string, { presence, until, custom }: ShownStatus): StatusShape {
  return {
    userId,
    presence,
    ...(until === undefined ? {} : { until: isoTime(until) }),
    ...(custom === undefined
      ? {}
      : {
          custom: {
            ...(custom.emoji === undefined ? {} : { emoji: custom.emoji }),
            ...(custom.text === undefined ? {} : { text: custom.text }),
            ...(custom.until === undefined ? {} : { until: isoTime(custom.until) }),
          },
        }),
  };
}
