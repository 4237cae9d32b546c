import * as z from "zod";
import type { Guest } from "../table/guests.ts";
import { isoTime } from "../table/table.ts";

export const guestShape = z.object({
  userId: z.string(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  handle: z.string(),
  /** The public and private channels they were given, as far as the viewer may know of them (CH-5). */
  channelIds: z.array(z.string()),
  /** When their access ends; `null`: it does not (GINV-10). */
  endsAt: z.string().nullable(),
  joinedAt: z.string(),
  invitedBy: z.object({ userId: z.string(), name: z.string() }),
});

/** A guest as the organization's managers and chat admins see them. */
export function presentGuest(guest: Guest, channelIds: readonly string[]): z.infer<typeof guestShape> {
  const { userId, email, firstName, lastName, handle, endsAt, joinedAt, invitedBy } = guest;
  return {
    userId,
    email,
    firstName,
    lastName,
    handle,
    channelIds: [...channelIds],
    endsAt: endsAt === undefined ? null : isoTime(endsAt),
    joinedAt,
    invitedBy,
  };
}
