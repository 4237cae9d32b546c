import * as z from "zod";

const PAST_9999 = Date.UTC(10_000, 0);

/**
 * A moment, with any offset, up to the end of the year 9999 in UTC: later ones have another form as text, and would not
 * sort among the others where their text is a key.
 */
export const momentSchema = z.iso
  .datetime({ offset: true })
  // What is no moment at all has been told of already.
  .refine((text) => !(Date.parse(text) >= PAST_9999), "must be before the year 10000");
