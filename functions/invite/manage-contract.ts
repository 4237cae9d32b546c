import { MAX_GUEST_CHANNELS } from "@vestibule/domain/guests";
import { CHAT_ROLES, DELIVERIES, LOCALES, ORG_ROLES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { namedId, nameText, text } from "../contract/fields.ts";
import { invitationShape } from "../contract/invitation.ts";
import { rightsInput } from "../contract/member.ts";
import { momentSchema } from "../contract/moment.ts";
import { route } from "../shell/route.ts";
import { GRANT_REFUSALS, INVITATIONS, MAX_GROUPS } from "./invite-contract.ts";

export const editInvitationRoute = route({
  operationId: "editInvitation",
  method: "PATCH",
  path: `${INVITATIONS}/{inv}`,
  function: "invite",
  summary:
    "Change a pending invitation, in what its kind has; `null` takes a name, a message or an end away.",
  rules: ["MINV-8", "MINV-1", "GINV-2", "GINV-10", "INV-14"],
  body: z.strictObject({
    orgRole: z.enum(ORG_ROLES).optional(),
    chatRole: z.enum(CHAT_ROLES).optional(),
    rights: rightsInput.optional(),
    groupIds: z.array(namedId).max(MAX_GROUPS).optional(),
    channelIds: z.array(namedId).max(MAX_GUEST_CHANNELS).optional(),
    firstName: nameText(100).nullable().optional(),
    lastName: nameText(100).nullable().optional(),
    message: text(1, 1_000).nullable().optional(),
    locale: z.enum(LOCALES).optional(),
    guestEndsAt: momentSchema.nullable().optional(),
  }),
  answers: { 200: invitationShape },
  refusals: [
    "not-chat-admin",
    "guest-restricted",
    "not-mail-manager",
    "invitation-not-pending",
    ...GRANT_REFUSALS,
    "stale",
  ],
});

export const resendInvitationRoute = route({
  operationId: "resendInvitation",
  method: "POST",
  path: `${INVITATIONS}/{inv}/resend`,
  function: "invite",
  summary:
    "Send an invitation anew, a pending or an expired one: with another link, every earlier one being dead, and another end.",
  rules: ["INV-9", "INV-13", "INV-14", "SEAT-9", "MINV-6", "MINV-7", "GINV-6", "GINV-7", "SHR-2"],
  isIdempotent: true,
  body: z
    .strictObject({
      delivery: z.enum(DELIVERIES).optional(),
      expiresInDays: z.number().int().min(1).max(30).optional(),
      message: text(1, 1_000).optional(),
      locale: z.enum(LOCALES).optional(),
    })
    .optional(),
  answers: { 200: z.object({ invitation: invitationShape, link: z.string().optional() }) },
  refusals: [
    "not-chat-admin",
    "guest-restricted",
    "not-mail-manager",
    "reauthentication-required",
    "invitation-not-pending",
    "resent-too-soon",
    "mail-limit-exceeded",
    "quota-exceeded",
    "already-member",
    "already-invited",
    "already-has-access",
    "address-is-login",
    "role-above-own",
    "rights-above-own",
    "legal-representative-only",
    "channel-unavailable",
    "end-in-past",
  ],
});

export const revokeInvitationRoute = route({
  operationId: "revokeInvitation",
  method: "DELETE",
  path: `${INVITATIONS}/{inv}`,
  function: "invite",
  summary: "Revoke a pending invitation, everywhere; what it reserved is free at once.",
  rules: ["INV-8", "SEAT-4", "GINV-8", "SHR-6"],
  answers: { 204: null },
  refusals: ["not-chat-admin", "invitation-not-pending", "stale"],
});
