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
import { DELIVERY_STATES } from "./delivery-state.ts";

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
  // The recipient has been sent as many mails as they may be for now (INV-13); `problem` says until when.
  "rate-limited",
  // Of an `atomic` request in which another address cannot be invited (INV-10).
  "skipped",
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
        /** An address, or as mail clients write it: `"Ada Lovelace" <ada@example.com>` (INV-10). */
        email: text(1, 512),
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
  /** INV-10: all or nothing; where an address cannot be invited, the others are `skipped`. */
  atomic: z.boolean().default(false),
  /** INV-10: tells what would happen and what it would cost, and writes nothing. */
  dryRun: z.boolean().default(false),
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
  summary:
    "Invite members or guests, one or up to 100; an answer per address, in the order of the request. `atomic`: all or none. `dryRun`: what would happen and what it would cost, without doing it.",
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
    "INV-10",
    "INV-11",
    "INV-13",
    "RGT-1",
    "RGT-2",
  ],
  isIdempotent: true,
  body: z.discriminatedUnion("kind", [memberInvite, guestInvite]),
  answers: {
    200: z.object({
      results: z.array(inviteResult),
      summary: z.record(z.enum(INVITE_STATUSES), z.number()),
      /** Of a dry run: the seats or guests' places it would take, and the mails it would send. */
      cost: z.object({ seats: z.number(), guestPlaces: z.number(), mails: z.number() }).optional(),
    }),
  },
  refusals: [
    "not-chat-admin",
    "guest-restricted",
    // Of a group that has access to mail addresses (SHR-2).
    "not-mail-manager",
    "role-above-own",
    "rights-above-own",
    "legal-representative-only",
    "channel-required",
    "channel-not-shareable",
    "channel-archived",
    "not-in-conversations",
    "end-in-past",
  ],
});

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
    guestEndsAt: z.iso.datetime({ offset: true }).nullable().optional(),
  }),
  answers: { 200: invitationShape },
  refusals: [
    "not-chat-admin",
    "guest-restricted",
    "not-mail-manager",
    "invitation-not-pending",
    "role-above-own",
    "rights-above-own",
    "legal-representative-only",
    "channel-required",
    "channel-not-shareable",
    "channel-archived",
    "not-in-conversations",
    "end-in-past",
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

/** Every route of this function. */
export const inviteRoutes = [
  inviteRoute,
  listInvitationsRoute,
  getInvitationRoute,
  editInvitationRoute,
  resendInvitationRoute,
  revokeInvitationRoute,
] as const;
