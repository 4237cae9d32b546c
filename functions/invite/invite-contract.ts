import { MAX_GUEST_CHANNELS } from "@vestibule/domain/guests";
import { CHAT_ROLES, DEFAULT_LOCALE, DELIVERIES, LOCALES, ORG_ROLES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { namedId, nameText, text } from "../contract/fields.ts";
import { invitationShape } from "../contract/invitation.ts";
import { rightsInput } from "../contract/member.ts";
import { momentSchema } from "../contract/moment.ts";
import { route } from "../shell/route.ts";

/** Where an organization's invitations are. */
export const INVITATIONS = "/v1/organizations/{org}/invitations";

/** What may be in the way of a grant (MINV-1, GINV-2): of a new one, and of one that is changed. */
export const GRANT_REFUSALS = [
  "role-above-own",
  "rights-above-own",
  "legal-representative-only",
  "channel-required",
  "channel-not-shareable",
  "channel-archived",
  "not-in-conversations",
  "end-in-past",
] as const;

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

/** As a whole answer's `problem+json` would be. */
const resultProblem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
});

/** What became of one address. */
export const inviteResult = z.object({
  index: z.number(),
  email: z.string(),
  status: z.enum(INVITE_STATUSES),
  invitation: invitationShape.optional(),
  link: z.string().optional(),
  /** The channels that a guest was added to. */
  channelIds: z.array(z.string()).optional(),
  problem: resultProblem.optional(),
});

/** Groups that one invitation leads to. */
export const MAX_GROUPS = 10;

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
  guestEndsAt: momentSchema.optional(),
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
    ...GRANT_REFUSALS,
  ],
});
