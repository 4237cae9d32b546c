import * as z from "zod";
import { fullName, type Member } from "../table/members.ts";

/** A member or a group, as the members of the organization look it up (DIR-1, DIR-3). */
export const directoryEntryShape = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("person"),
    userId: z.string(),
    name: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    handle: z.string(),
    email: z.string(),
    phone: z.string().optional(),
  }),
  z.object({
    kind: z.literal("group"),
    id: z.string(),
    name: z.string(),
    memberCount: z.number(),
  }),
]);

export type DirectoryEntry = z.infer<typeof directoryEntryShape>;

/** A member's entry; what they have not given is not there. */
export function presentListed(member: Member, phone: string | undefined): DirectoryEntry {
  const { userId, firstName, lastName, handle, email } = member;
  return {
    kind: "person",
    userId,
    name: fullName(member),
    firstName,
    lastName,
    handle,
    email,
    ...(phone === undefined ? {} : { phone }),
  };
}
