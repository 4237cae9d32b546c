import { ASSISTANT } from "@vestibule/domain/assistant-name";
import * as z from "zod";
import { assistantId } from "../table/keys.ts";
import { fullName, type Member } from "../table/members.ts";

/** A member, a group or the assistant, as the members of the organization look it up (DIR-1, DIR-3, BOT-1). */
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
  z.object({
    kind: z.literal("bot"),
    userId: z.string(),
    name: z.string(),
    handle: z.string(),
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

/** BOT-1: the organization's assistant, whom every member has among their contacts. */
export function presentAssistant(organizationId: string): DirectoryEntry {
  return { kind: "bot", userId: assistantId(organizationId), ...ASSISTANT };
}
