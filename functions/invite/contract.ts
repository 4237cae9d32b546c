import { INVITATION_KINDS, INVITATION_STATES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { listOf, pageQuery } from "../contract/fields.ts";
import { invitationShape } from "../contract/invitation.ts";
import { route } from "../shell/route.ts";
import { DELIVERY_STATES } from "./delivery-state.ts";
import { INVITATIONS, inviteRoute } from "./invite-contract.ts";
import { editInvitationRoute, resendInvitationRoute, revokeInvitationRoute } from "./manage-contract.ts";

export const listInvitationsRoute = route({
  operationId: "listInvitations",
  method: "GET",
  path: INVITATIONS,
  function: "invite",
  summary:
    "The organization's invitations, newest first; shares' to those only who manage mail addresses. `deliveryState`: whose mail is in this state, `undelivered` for all that did not arrive.",
  rules: ["MINV-4", "INV-1", "INV-11", "SHR-6"],
  query: z.strictObject({
    ...pageQuery,
    kind: z.enum(INVITATION_KINDS).optional(),
    state: z.enum(INVITATION_STATES).optional(),
    deliveryState: z.enum(DELIVERY_STATES).optional(),
    email: z.string().max(320).optional(),
    channelId: z.string().max(40).optional(),
    invitedBy: z.string().max(40).optional(),
  }),
  answers: { 200: listOf(invitationShape) },
  refusals: ["not-manager", "not-mail-manager"],
});

export const getInvitationRoute = route({
  operationId: "getInvitation",
  method: "GET",
  path: `${INVITATIONS}/{inv}`,
  function: "invite",
  summary:
    "One invitation, to managers, chat admins and its sender; a share's to those who manage mail addresses, and its sender.",
  rules: ["INV-1", "INV-11", "SHR-6"],
  answers: { 200: invitationShape },
  refusals: ["not-manager"],
});

/** Every route of this function. */
export const inviteRoutes = [
  inviteRoute,
  listInvitationsRoute,
  getInvitationRoute,
  editInvitationRoute,
  resendInvitationRoute,
  revokeInvitationRoute,
] as const;
