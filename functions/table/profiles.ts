import * as z from "zod";
import { keys } from "./keys.ts";
import { getItem } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** A person's own record over all organizations: `U#<usr>` / `PROFILE`. Names change by the person only (DIR-2). */
export const profileItem = z.object({
  userId: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  termsVersion: z.string(),
  updatedAt: z.string(),
});

export type Profile = z.infer<typeof profileItem>;

/** The profile of a person who has registered once. */
export async function getProfile(table: Table, user: string): Promise<Profile | undefined> {
  return await getItem(table, keys.profile(user), profileItem);
}

/** Keeps what a person registered (INV-7). */
export function profileWrite(profile: Omit<Profile, "updatedAt">, now: number): Write {
  return { label: "profile", put: { ...keys.profile(profile.userId), ...profile, updatedAt: isoTime(now) } };
}
