import { stateAt } from "@vestibule/domain/invitations";
import {
  CHAT_ROLES,
  DELIVERIES,
  INVITATION_STATES,
  MAIL_STATE_SHOWN,
  ORG_ROLES,
  SHOWN_MAIL_STATES,
} from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { factsOf, type Invitation } from "../table/invitations.ts";
import { rightsSchema } from "../table/members.ts";

export const invitationShape = z.object({
  id: z.string(),
  kind: z.enum(["member"]),
  email: z.string(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  state: z.enum(INVITATION_STATES),
  orgRole: z.enum(ORG_ROLES),
  chatRole: z.enum(CHAT_ROLES),
  rights: rightsSchema,
  channelIds: z.array(z.string()),
  groupIds: z.array(z.string()),
  strict: z.boolean(),
  /** `state` is `none` for an invitation that is delivered by link only. */
  delivery: z.object({ by: z.enum(DELIVERIES), state: z.enum([...SHOWN_MAIL_STATES, "none"]) }),
  invitedBy: z.object({ userId: z.string(), name: z.string() }),
  createdAt: z.string(),
  expiresAt: z.string(),
});

/** An invitation as managers, chat admins and its sender see it: never with its secret (INV-3), its state by the date (INV-1). */
export function presentInvitation(invitation: Invitation, now: number): z.infer<typeof invitationShape> {
  const { invitationId, kind, email, firstName, lastName, orgRole, chatRole, rights } = invitation;
  return {
    id: invitationId,
    kind,
    email,
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    state: stateAt(factsOf(invitation), now),
    orgRole,
    chatRole,
    rights,
    channelIds: invitation.channelIds,
    groupIds: [],
    strict: invitation.strict,
    delivery: {
      by: invitation.delivery,
      state: invitation.mail === undefined ? "none" : MAIL_STATE_SHOWN[invitation.mail.state],
    },
    invitedBy: invitation.invitedBy,
    createdAt: invitation.createdAt,
    expiresAt: new Date(invitation.endsAt).toISOString(),
  };
}
