import { effectiveRights } from "@vestibule/domain/people";
import { CHAT_ROLES, MEMBER_STATES, ORG_ROLES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { type Member, rightsSchema } from "../table/members.ts";

export const memberShape = z.object({
  userId: z.string(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  handle: z.string(),
  orgRole: z.enum(ORG_ROLES),
  chatRole: z.enum(CHAT_ROLES),
  rights: rightsSchema,
  state: z.enum(MEMBER_STATES),
  joinedAt: z.string(),
});

/** A member as the organization's people see them; rights held by role are shown as held (RGT-5). */
export function presentMember(member: Member): z.infer<typeof memberShape> {
  const { userId, email, firstName, lastName, handle, orgRole, chatRole, state, joinedAt } = member;
  const rights = effectiveRights(orgRole, member.rights);
  return { userId, email, firstName, lastName, handle, orgRole, chatRole, rights, state, joinedAt };
}

/** Rights as a caller gives them: what is left out is not granted (RGT-5). */
export const rightsInput = z.strictObject({
  suite: z.boolean().default(false),
  chat: z.boolean().default(false),
  mail: z.boolean().default(false),
  accounting: z.boolean().default(false),
});
