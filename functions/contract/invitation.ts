import { stateAt } from "@vestibule/domain/invitations";
import {
  CHAT_ROLES,
  DELIVERIES,
  INVITATION_KINDS,
  INVITATION_STATES,
  MAIL_STATE_SHOWN,
  ORG_ROLES,
  SHARE_RIGHTS,
  SHOWN_MAIL_STATES,
} from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { factsOf, type Invitation } from "../table/invitations.ts";
import { rightsSchema } from "../table/members.ts";

export const invitationShape = z.object({
  id: z.string(),
  kind: z.enum(INVITATION_KINDS),
  /** `null` for a share's link that is for whoever holds it (SHR-4). */
  email: z.string().nullable(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  state: z.enum(INVITATION_STATES),
  /** Roles, rights and groups are members' alone (GST-13). */
  orgRole: z.enum(ORG_ROLES).optional(),
  chatRole: z.enum(CHAT_ROLES).optional(),
  /** Of a member, the product rights (RGT-5); of a share, what may be done with the mail address (SHR-5). */
  rights: z.union([rightsSchema, z.array(z.enum(SHARE_RIGHTS))]).optional(),
  channelIds: z.array(z.string()),
  groupIds: z.array(z.string()).optional(),
  /** When the guest's access is to end (GINV-10); left out, it does not. */
  guestEndsAt: z.string().optional(),
  /** The mail address that a share is of, and how it is written. */
  addressId: z.string().optional(),
  address: z.string().optional(),
  strict: z.boolean(),
  /** `state` is `none` for an invitation that is delivered by link only. */
  delivery: z.object({ by: z.enum(DELIVERIES), state: z.enum([...SHOWN_MAIL_STATES, "none"]) }),
  invitedBy: z.object({ userId: z.string(), name: z.string() }),
  createdAt: z.string(),
  /** When it was last sent anew (INV-9). */
  resentAt: z.string().optional(),
  expiresAt: z.string(),
});

/** What an invitation grants, as its kind has it (GST-13). */
function grantOf(invitation: Invitation) {
  if (invitation.kind === "guest") {
    const { guestEndsAt } = invitation;
    return guestEndsAt === undefined ? {} : { guestEndsAt: new Date(guestEndsAt).toISOString() };
  }
  if (invitation.kind === "share") {
    const { addressId, address, shareRights } = invitation;
    return { addressId, address, rights: shareRights };
  }
  const { orgRole, chatRole, rights, groupIds } = invitation;
  return { orgRole, chatRole, rights, groupIds };
}

/** An invitation as managers, chat admins and its sender see it: never with its secret (INV-3), its state by the date (INV-1). */
export function presentInvitation(invitation: Invitation, now: number): z.infer<typeof invitationShape> {
  const { invitationId, kind, email, firstName, lastName, resentAt } = invitation;
  return {
    id: invitationId,
    kind,
    email: email === "" ? null : email,
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    state: stateAt(factsOf(invitation), now),
    ...grantOf(invitation),
    channelIds: invitation.channelIds,
    strict: invitation.strict,
    delivery: {
      by: invitation.delivery,
      state: invitation.mail === undefined ? "none" : MAIL_STATE_SHOWN[invitation.mail.state],
    },
    invitedBy: invitation.invitedBy,
    createdAt: invitation.createdAt,
    ...(resentAt === undefined ? {} : { resentAt: new Date(resentAt).toISOString() }),
    expiresAt: new Date(invitation.endsAt).toISOString(),
  };
}
