import {
  CHAT_ROLES,
  INVITATION_KINDS,
  INVITATION_STATES,
  LOCALES,
  ORG_ROLES,
  SHARE_RIGHTS,
} from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { listOf, namedId, nameText, pageQuery, text } from "../contract/fields.ts";
import { phoneText } from "../contract/profile.ts";
import { route } from "../shell/route.ts";

const token = text(1, 200);

const OVER = ["invitation-used", "invitation-declined", "invitation-revoked", "invitation-expired"] as const;

const previewShape = z.object({
  state: z.enum(INVITATION_STATES),
  kind: z.enum(INVITATION_KINDS),
  organization: z.object({
    name: z.string(),
    /** When it is on (BRD-1). */
    brand: z
      .object({ logoUrl: z.string().nullable(), buttonColor: z.string(), textColor: z.string() })
      .optional(),
  }),
  invitedBy: z.object({ name: z.string() }),
  /** `null` for a share's link that is for whoever holds it (SHR-4). */
  email: z.string().nullable(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  /** Members' alone. */
  orgRole: z.enum(ORG_ROLES).optional(),
  chatRole: z.enum(CHAT_ROLES).optional(),
  /** Those of the invitation that are still there (GINV-8). */
  channels: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
  /** When a guest's access ends (GINV-10). */
  guestEndsAt: z.string().optional(),
  /** Shares' alone: the mail address, and what may be done with it (SHR-5). */
  address: z.string().optional(),
  rights: z.array(z.enum(SHARE_RIGHTS)).optional(),
  message: z.string().optional(),
  expiresAt: z.string(),
  requires: z.object({
    profile: z.boolean(),
    terms: z.string().nullable(),
    phone: z.boolean(),
    mfa: z.boolean(),
    strict: z.boolean(),
  }),
});

export const previewRoute = route({
  operationId: "previewInvitation",
  method: "POST",
  path: "/v1/invitations/preview",
  function: "accept",
  access: "anonymous",
  summary:
    "What the holder of a link is invited to; consumes nothing. Over: 410, with what happened and who invited.",
  rules: ["INV-4", "INV-15", "INV-16", "GINV-8", "BRD-1"],
  body: z.strictObject({ token }),
  answers: { 200: previewShape },
  refusals: OVER,
});

/** What an invitee gives by accepting, of what it asks for (INV-7, SHR-7, SHR-9). */
const given = {
  profile: z
    .strictObject({
      firstName: nameText(100).optional(),
      lastName: nameText(100).optional(),
      phone: phoneText.optional(),
      /** The language of the mails to come; left out, the invitation's. */
      locale: z.enum(LOCALES).optional(),
    })
    .optional(),
  termsVersion: text(1, 32).optional(),
  /** Of a share: the organization of one's own to attach it to, or `personal`, which it is when left out (SHR-7). */
  attachTo: namedId.optional(),
};

const acceptedShape = z.object({
  organizationId: z.string(),
  userId: z.string(),
  kind: z.enum(INVITATION_KINDS),
  orgRole: z.enum(ORG_ROLES).optional(),
  chatRole: z.enum(CHAT_ROLES).optional(),
  channelIds: z.array(z.string()),
  /** Shares' alone. */
  addressId: z.string().optional(),
  rights: z.array(z.enum(SHARE_RIGHTS)).optional(),
  attachedTo: z.string().optional(),
});

const ACCEPT_RULES = [
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
  "SHR-3",
  "SHR-4",
  "SHR-7",
  "SHR-8",
  "SHR-9",
] as const;

const ACCEPT_REFUSALS = [
  "email-not-verified",
  "recipient-mismatch",
  "mfa-required",
  "registration-required",
  "already-member",
  "member-deactivated",
  "already-has-access",
  "address-conflict",
  "address-is-login",
  "quota-exceeded",
  "channel-unavailable",
  ...OVER,
] as const;

export const acceptRoute = route({
  operationId: "acceptInvitation",
  method: "POST",
  path: "/v1/invitations/accept",
  function: "accept",
  summary: "Accept an invitation with a verified address; the same person repeating it gets the same answer.",
  rules: ACCEPT_RULES,
  body: z.strictObject({ token, ...given }),
  answers: { 200: acceptedShape },
  refusals: ACCEPT_REFUSALS,
});

const declinedShape = z.object({ state: z.literal("declined") });

export const declineRoute = route({
  operationId: "declineInvitation",
  method: "POST",
  path: "/v1/invitations/decline",
  function: "accept",
  summary: "Decline an invitation; what it reserved is free at once.",
  rules: ["INV-8", "SEAT-4"],
  body: z.strictObject({ token }),
  answers: { 200: declinedShape },
  refusals: ["email-not-verified", "recipient-mismatch", ...OVER],
});

export const myInvitationsRoute = route({
  operationId: "listMyInvitations",
  method: "GET",
  path: "/v1/me/invitations",
  function: "accept",
  summary: "The pending invitations to my verified address, of all organizations, the newest first.",
  rules: ["INV-6", "INV-14", "INV-15"],
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(previewShape.extend({ id: z.string(), organizationId: z.string() })) },
  refusals: ["email-not-verified"],
});

export const acceptMineRoute = route({
  operationId: "acceptMyInvitation",
  method: "POST",
  path: "/v1/me/invitations/{inv}/accept",
  function: "accept",
  summary: "Accept an invitation to my verified address, which proves what the mail's link would.",
  rules: ACCEPT_RULES,
  body: z.strictObject({ organizationId: namedId, ...given }),
  answers: { 200: acceptedShape },
  refusals: ACCEPT_REFUSALS,
});

export const declineMineRoute = route({
  operationId: "declineMyInvitation",
  method: "POST",
  path: "/v1/me/invitations/{inv}/decline",
  function: "accept",
  summary: "Decline an invitation to my verified address; what it reserved is free at once.",
  rules: ["INV-8", "SEAT-4"],
  body: z.strictObject({ organizationId: namedId }),
  answers: { 200: declinedShape },
  refusals: ["email-not-verified", ...OVER],
});

/** Every route of this function. */
export const acceptRoutes = [
  previewRoute,
  acceptRoute,
  declineRoute,
  myInvitationsRoute,
  acceptMineRoute,
  declineMineRoute,
] as const;
