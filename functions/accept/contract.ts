import { CHAT_ROLES, INVITATION_KINDS, INVITATION_STATES, ORG_ROLES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { nameText, text } from "../contract/fields.ts";
import { route } from "../shell/route.ts";

const token = text(1, 200);

const OVER = ["invitation-used", "invitation-declined", "invitation-revoked", "invitation-expired"] as const;

export const previewRoute = route({
  operationId: "previewInvitation",
  method: "POST",
  path: "/v1/invitations/preview",
  function: "accept",
  access: "anonymous",
  summary:
    "What the holder of a link is invited to; consumes nothing. Over: 410, with what happened and who invited.",
  rules: ["INV-4", "INV-15"],
  body: z.strictObject({ token }),
  answers: {
    200: z.object({
      state: z.enum(INVITATION_STATES),
      kind: z.enum(INVITATION_KINDS),
      organization: z.object({ name: z.string() }),
      invitedBy: z.object({ name: z.string() }),
      email: z.string(),
      firstName: z.string().optional(),
      lastName: z.string().optional(),
      /** Members' alone. */
      orgRole: z.enum(ORG_ROLES).optional(),
      chatRole: z.enum(CHAT_ROLES).optional(),
      /** Those of the invitation that are still there (GINV-8). */
      channels: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
      /** When a guest's access ends (GINV-10). */
      guestEndsAt: z.string().optional(),
      message: z.string().optional(),
      expiresAt: z.string(),
      requires: z.object({
        profile: z.boolean(),
        terms: z.string().nullable(),
        phone: z.boolean(),
        mfa: z.boolean(),
        strict: z.boolean(),
      }),
    }),
  },
  refusals: OVER,
});

export const acceptRoute = route({
  operationId: "acceptInvitation",
  method: "POST",
  path: "/v1/invitations/accept",
  function: "accept",
  summary: "Accept an invitation with a verified address; the same person repeating it gets the same answer.",
  rules: [
    "INV-5",
    "INV-6",
    "INV-7",
    "INV-14",
    "INV-19",
    "MINV-5",
    "MINV-6",
    "GINV-5",
    "GINV-7",
    "GINV-8",
    "SEAT-5",
    "SEAT-6",
  ],
  body: z.strictObject({
    token,
    profile: z.strictObject({ firstName: nameText(100), lastName: nameText(100) }).optional(),
    termsVersion: text(1, 32).optional(),
  }),
  answers: {
    200: z.object({
      organizationId: z.string(),
      userId: z.string(),
      kind: z.enum(INVITATION_KINDS),
      orgRole: z.enum(ORG_ROLES).optional(),
      chatRole: z.enum(CHAT_ROLES).optional(),
      channelIds: z.array(z.string()),
    }),
  },
  refusals: [
    "email-not-verified",
    "recipient-mismatch",
    "registration-required",
    "already-member",
    "member-deactivated",
    "quota-exceeded",
    "channel-unavailable",
    ...OVER,
  ],
});

export const declineRoute = route({
  operationId: "declineInvitation",
  method: "POST",
  path: "/v1/invitations/decline",
  function: "accept",
  summary: "Decline an invitation; what it reserved is free at once.",
  rules: ["INV-8", "SEAT-4"],
  body: z.strictObject({ token }),
  answers: { 200: z.object({ state: z.literal("declined") }) },
  refusals: ["email-not-verified", "recipient-mismatch", ...OVER],
});

/** Every route of this function. */
export const acceptRoutes = [previewRoute, acceptRoute, declineRoute] as const;
