import { LOCALES, type Locale } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { keys } from "./keys.ts";
import { getItem, getItems } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** A person's own record over all organizations: `U#<usr>` / `PROFILE`. It changes by the person only (DIR-2). */
export const profileItem = z.object({
  userId: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  phone: z.string().optional(),
  /** The language of mails and pages (INV-16); who has said none reads English. */
  locale: z.enum(LOCALES).optional(),
  /** The terms that they accepted; empty until they have registered once (INV-7). */
  termsVersion: z.string(),
  updatedAt: z.string(),
});

export type Profile = z.infer<typeof profileItem>;

/** What a person says of themselves: in the organizations too, but for the telephone number, which is here alone. */
export type Names = Pick<Profile, "firstName" | "lastName">;

/** The profile of a person who has registered once, or has said something of themselves. */
export async function getProfile(table: Table, user: string): Promise<Profile | undefined> {
  return await getItem(table, keys.profile(user), profileItem);
}

/** The telephone numbers of those who have given one, by person. */
export async function getPhones(table: Table, users: readonly string[]): Promise<Map<string, string>> {
  const profiles = await getItems(
    table,
    [...new Set(users)].map((user) => keys.profile(user)),
    profileItem,
  );
  return new Map(
    profiles.flatMap(({ userId, phone }) => (phone === undefined ? [] : [[userId, phone] as const])),
  );
}

/** `locale` is a word of DynamoDB's own. */
const LOCALE_NAME = { "#locale": "locale" };

/**
 * Keeps what a person registered (INV-7), beside whatever else they have said of themselves, on what was read of it: what
 * they change at the same time is not taken back (DIR-2).
 */
export function profileWrite(
  profile: Omit<Profile, "updatedAt">,
  known: Profile | undefined,
  now: number,
): Write {
  const { phone, locale } = profile;
  const clauses = [
    "userId = :user",
    "firstName = :first",
    "lastName = :last",
    "termsVersion = :terms",
    "updatedAt = :now",
    ...(phone === undefined ? [] : ["phone = :phone"]),
    ...(locale === undefined ? [] : ["#locale = :locale"]),
  ];
  return {
    label: "profile",
    update: keys.profile(profile.userId),
    expression: `SET ${clauses.join(", ")}`,
    condition: known === undefined ? "attribute_not_exists(pk)" : "updatedAt = :was",
    ...(locale === undefined ? {} : { names: LOCALE_NAME }),
    values: {
      ...(known === undefined ? {} : { ":was": known.updatedAt }),
      ...(phone === undefined ? {} : { ":phone": phone }),
      ...(locale === undefined ? {} : { ":locale": locale }),
      ":user": profile.userId,
      ":first": profile.firstName,
      ":last": profile.lastName,
      ":terms": profile.termsVersion,
      ":now": isoTime(now),
    },
  };
}

/** What a person changes of what they say of themselves; `phone: null` takes the number away. */
export type ProfileChange = {
  readonly [name in keyof Names]?: string | undefined;
} & { readonly phone?: string | null | undefined; readonly locale?: Locale | undefined };

/**
 * Keeps what a person changed (DIR-2), and only that, so that two changes at once are both kept. Somebody without a
 * profile gets one, with the names that they were known by so far.
 */
export function changeProfileWrite(
  userId: string,
  { firstName, lastName, phone, locale }: ProfileChange,
  known: Names,
  now: number,
): Write {
  const clauses = [
    "userId = :user",
    "updatedAt = :now",
    "termsVersion = if_not_exists(termsVersion, :none)",
    firstName === undefined ? "firstName = if_not_exists(firstName, :first)" : "firstName = :first",
    lastName === undefined ? "lastName = if_not_exists(lastName, :last)" : "lastName = :last",
    ...(typeof phone === "string" ? ["phone = :phone"] : []),
    ...(locale === undefined ? [] : ["#locale = :locale"]),
  ];
  return {
    label: "profile",
    update: keys.profile(userId),
    expression: `SET ${clauses.join(", ")}${phone === null ? " REMOVE phone" : ""}`,
    ...(locale === undefined ? {} : { names: LOCALE_NAME }),
    values: {
      ":user": userId,
      ":now": isoTime(now),
      ":none": "",
      ":first": firstName ?? known.firstName,
      ":last": lastName ?? known.lastName,
      ...(typeof phone === "string" ? { ":phone": phone } : {}),
      ...(locale === undefined ? {} : { ":locale": locale }),
    },
  };
}

/** The condition that a person still calls themselves so, for a write that carries the names on (label `profile`). */
export function namesCheck(userId: string, { firstName, lastName }: Names): Write {
  return {
    label: "profile",
    check: keys.profile(userId),
    condition: "firstName = :first AND lastName = :last",
    values: { ":first": firstName, ":last": lastName },
  };
}
