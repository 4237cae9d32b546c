import * as z from "zod";

/** Text that can be stored and sent as given: well-formed Unicode (no half surrogate pairs). */
export const text = (min: number, max: number) =>
  z
    .string()
    .min(min)
    .max(max)
    .refine((value) => value.isWellFormed(), "Not well-formed Unicode");

/** An id as a body names it; what has not the form of one names nothing, and is answered as what is not there. */
export const namedId = text(1, 64);

const CONTROL = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u;

/** A name on one line: trimmed, without control or formatting characters (no header or layout tricks, INV-16). */
export const nameText = (max: number) =>
  text(1, max)
    .refine((value) => !CONTROL.test(value), "No control characters")
    .trim()
    .min(1);

/** An e-mail address, kept as written but for surrounding blanks (INV-6); compared without regard to case. */
export const emailText = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email({ pattern: z.regexes.unicodeEmail }))
  .refine((value) => value.isWellFormed() && !CONTROL.test(value), "Not an address");

/** `limit` (1–200, default 50) and `cursor` of every list (`api.md`). */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2_000).optional(),
};

/** The answer of every list. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** A body that must be empty or `{}`: for acts that take no arguments. */
export const nothing = z.strictObject({});
