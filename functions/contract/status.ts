import { PRESENCES } from "@vestibule/domain/vocabulary";
import * as z from "zod";

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
