import { LOCALES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import type { PersonRecord } from "../table/person-records.ts";
import { nameText } from "./fields.ts";

/** A telephone number as people write one, from `+` and the country on; kept as written. */
export const phoneText = z
  .string()
  .trim()
  .max(32)
  .regex(/^\+[1-9][0-9 ().-]{4,30}$/u, "A number from + and the country code on");

/** What a person says of themselves (DIR-2); `phone: null` takes the number away. */
export const profileInput = z
  .strictObject({
    firstName: nameText(100).optional(),
    lastName: nameText(100).optional(),
    phone: phoneText.nullable().optional(),
    /** The language of mails and pages (INV-16). */
    locale: z.enum(LOCALES).optional(),
  })
  .refine((body) => Object.keys(body).length > 0, "Nothing to change");

export const meShape = z.object({
  userId: z.string(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  phone: z.string().nullable(),
  /** `null` until they have said one; mails are in English then. */
  locale: z.enum(LOCALES).nullable(),
  organizations: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(["member", "guest"]),
      endsAt: z.string().optional(),
    }),
  ),
});

/** An organization as somebody of it finds it in their own profile (ORG-8, GST-7); guests learn no more than its name. */
export function presentMyOrganization(
  person: PersonRecord,
  name: string,
): z.infer<typeof meShape>["organizations"][number] {
  const { organizationId: id, kind } = person;
  const endsAt = person.kind === "guest" ? person.endsAt : undefined;
  return { id, name, kind, ...(endsAt === undefined ? {} : { endsAt: new Date(endsAt).toISOString() }) };
}
