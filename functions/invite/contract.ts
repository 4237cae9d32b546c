import { MAX_GUEST_CHANNELS } from "@vestibule/domain/guests";
import {
  CHAT_ROLES,
  DEFAULT_LOCALE,
  DELIVERIES,
  INVITATION_KINDS,
  INVITATION_STATES,
  LOCALES,
  ORG_ROLES,
} from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { listOf, namedId, nameText, pageQuery, text } from "../contract/fields.ts";
import { invitationShape } from "../contract/invitation.ts";
import { rightsInput } from "../contract/member.ts";
import { route } from "../shell/route.ts";

const INVITATIONS = "/v1/organizations/{org}/invitations";

/** The outcome of one address of a request. */
export const INVITE_STATUSES = [
  "invited",
  // A guest already: they are in the channels they lacked, without a new acceptance (GINV-6).
  "added",
  "already-member",
  "already-invited",
  "invalid-email",
  "quota-exceeded",
  // What concerns the sender and came about while the request ran; `problem` says what.
  "refused",
  // The table was busy for longer than is retried: ask again for this address.
  "busy",
] as const;

export type InviteStatus = (typeof INVITE_STATUSES)[number];

/** What became of one address. */
export const inviteResult = z.object({
  index: z.number(),
  email: z.string(),
  status: z.enum(INVITE_STATUSES),
  invitation: invitationShape.optional(),
  link: z.string().optional(),
  /** The channels that a guest was added to. */
  channelIds: z.array(z.string()).optional(),
  problem: z.looseObject({ code: z.string(), status: z.number(), detail: z.string() }).optional(),
});

/** Groups that one invitation leads to. */
const MAX_GROUPS = 10;

const everyKind = {
  invitees: z
    .array(
      z.strictObject({
        email: text(1, 320),
        firstName: nameText(100).optional(),
        lastName: nameText(100).optional(),
      }),
    )
    .min(1)
    .max(100),
  channelIds: z.array(namedId).max(MAX_GUEST_CHANNELS).default([]),
  strict: z.boolean().default(true),
  delivery: z.enum(DELIVERIES).default("email"),
  message: text(1, 1_000).optional(),
  locale: z.enum(LOCALES).default(DEFAULT_LOCALE),
  expiresInDays: z.number().int().min(1).max(30).optional(),
};

const memberInvite = z.strictObject({
  kind: z.literal("member"),
  ...everyKind,
  orgRole: z.enum(ORG_ROLES).default("user"),
  chatRole: z.enum(CHAT_ROLES).default("user"),
  rights: rightsInput.optional(),
  groupIds: z.array(namedId).max(MAX_GROUPS).default([]),
});

/** GST-13: a guest has no role, right or group, so that naming one is a mistake. */
const guestInvite = z.strictObject({
  kind: z.literal("guest"),
  ...everyKind,
  /** When the guest's access is to end (GINV-10). */
  guestEndsAt: z.iso.datetime({ offset: true }).optional(),
});

export const inviteRoute = route({
  operationId: "invite",
  method: "POST",
  path: INVITATIONS,
  function: "invite",
  summary: "Invite members or guests, one or up to 100; an answer per address, in the order of the request.",
  rules: [
    "MINV-1",
    "MINV-2",
    "MINV-6",
    "MINV-7",
    "GINV-1",
    "GINV-2",
    "GINV-6",
    "GINV-7",
    "SEAT-2",
    "SEAT-3",
    "SEAT-6",
    "RGT-1",
    "RGT-2",
  ],
  isIdempotent: true,
  body: z.discriminatedUnion("kind", [memberInvite, guestInvite]),
  answers: {
    200: z.object({
      results: z.array(inviteResult),
      summary: z.record(z.enum(INVITE_STATUSES), z.number()),
    }),
  },
  refusals: [
    "not-chat-admin",
    "guest-restricted",
    "role-above-own",
    "rights-above-own",
    "legal-representative-only",
    "channel-required",
    "channel-not-shareable",
    "channel-archived",
    "not-channel-member",
    "not-in-conversations",
    "end-in-past",
  ],
});

export const listInvitationsRoute = route({
  operationId: "listInvitations",
  method: "GET",
  path: INVITATIONS,
  function: "invite",
  summary: "The organization's invitations, newest first.",
  rules: ["MINV-4", "INV-1", "INV-11"],
  query: z.strictObject({
    ...pageQuery,
    kind: z.enum(INVITATION_KINDS).optional(),
    state: z.enum(INVITATION_STATES).optional(),
    email: z.string().max(320).optional(),
    channelId: z.string().max(40).optional(),
    invitedBy: z.string().max(40).optional(),
  }),
  answers: { 200: listOf(invitationShape) },
  refusals: ["not-manager"],
});

export const getInvitationRoute = route({
  operationId: "getInvitation",
  method: "GET",
  path: `${INVITATIONS}/{inv}`,
  function: "invite",
  summary: "One invitation, to managers, chat admins and its sender.",
  rules: ["INV-1", "INV-11"],
  answers: { 200: invitationShape },
  refusals: ["not-manager"],
});

export const revokeInvitationRoute = route({
  operationId: "revokeInvitation",
  method: "DELETE",
  path: `${INVITATIONS}/{inv}`,
  function: "invite",
  summary: "Revoke a pending invitation, everywhere; what it reserved is free at once.",
  rules: ["INV-8", "SEAT-4", "GINV-8"],
  answers: { 204: null },
  refusals: ["not-chat-admin", "invitation-not-pending", "stale"],
});

/** Every route of this function. */
export const inviteRoutes = [
  inviteRoute,
  listInvitationsRoute,
  getInvitationRoute,
  revokeInvitationRoute,
] as const;
