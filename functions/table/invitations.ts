import type { GuestInvitationFacts } from "@vestibule/domain/guests";
import { type InvitationFacts, stateAt } from "@vestibule/domain/invitations";
import {
  CHAT_ROLES,
  DELIVERIES,
  INVITATION_STATES,
  LOCALES,
  MAIL_STATES,
  ORG_ROLES,
  SHARE_RIGHTS,
} from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { keys } from "./keys.ts";
import { rightsSchema } from "./members.ts";
import { getItem, type Page, type PageRequest, queryPage } from "./read.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/**
 * The mail of an invitation: its state, the mailer's lease (epoch ms) and SES's id (INV-11, INV-12). `isReminder`: it is
 * the one that reminds of the end; `queuedAt` is left out for the first mail, queued when the invitation was created.
 */
export const mailSchema = z.object({
  state: z.enum(MAIL_STATES),
  isReminder: z.boolean().optional(),
  queuedAt: z.string().optional(),
  leaseUntil: z.number().optional(),
  messageId: z.string().optional(),
  sentAt: z.string().optional(),
});

const everyKind = z.object({
  organizationId: z.string(),
  invitationId: z.string(),
  /** Empty for a share's link that is for whoever holds it (SHR-4). */
  email: z.string(),
  /** What its slot is taken under: of a share, with the mail address (`addresses.ts`). */
  addressKey: z.string(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  channelIds: z.array(z.string()),
  strict: z.boolean(),
  message: z.string().optional(),
  locale: z.enum(LOCALES),
  delivery: z.enum(DELIVERIES),
  mail: mailSchema.optional(),
  state: z.enum(INVITATION_STATES),
  secretHashes: z.set(z.string()).optional(),
  invitedBy: z.object({ userId: z.string(), name: z.string() }),
  /** Who answers for what it grants since it was edited, if not its sender (MINV-8, INV-14). */
  grantedBy: z.string().optional(),
  createdAt: z.string(),
  /** When it was last sent anew (INV-9), and when its invitee was reminded, epoch ms. */
  resentAt: z.number().optional(),
  /** The planned id of the request that last sent it anew: a repetition under its `Idempotency-Key` finds it done. */
  resentUnder: z.string().optional(),
  remindedAt: z.number().optional(),
  /** When it expires, epoch ms. Not the table's TTL: an invitation that is over is kept for the record. */
  endsAt: z.number(),
  closedAt: z.string().optional(),
  acceptedBy: z.string().optional(),
  /** The channels that the acceptance led to, so that repeating it answers the same (INV-5). */
  givenChannelIds: z.array(z.string()).optional(),
  version: z.number().int(),
});

const memberInvitation = everyKind.extend({
  kind: z.literal("member"),
  orgRole: z.enum(ORG_ROLES),
  chatRole: z.enum(CHAT_ROLES),
  rights: rightsSchema,
  groupIds: z.array(z.string()),
});

const guestInvitation = everyKind.extend({
  kind: z.literal("guest"),
  /** When the guest's access is to end (GINV-10), epoch ms. */
  guestEndsAt: z.number().optional(),
});

const shareInvitation = everyKind.extend({
  kind: z.literal("share"),
  addressId: z.string(),
  /** The mail address that it shares, as it is written. */
  address: z.string(),
  shareRights: z.array(z.enum(SHARE_RIGHTS)),
});

/**
 * An invitation: `O#<org>#INVITATIONS` / `INV#<inv>`. A guest's grants channels and nothing else (GST-13). Of its secrets
 * only hashes are kept (INV-3): one from whoever created it with a link, one for each mail. While it is pending, the
 * index lists it by kind and expiry.
 */
export const invitationItem = z.discriminatedUnion("kind", [
  memberInvitation,
  guestInvitation,
  shareInvitation,
]);

export type MemberInvitation = z.infer<typeof memberInvitation>;
export type GuestInvitation = z.infer<typeof guestInvitation>;
export type ShareInvitation = z.infer<typeof shareInvitation>;
export type Invitation = MemberInvitation | GuestInvitation | ShareInvitation;

/** What the domain needs to know of an invitation of any kind. */
export function factsOf(invitation: Invitation): GuestInvitationFacts {
  const { state, endsAt, email, strict, acceptedBy } = invitation;
  return { state, expiresAt: endsAt, email, strict, acceptedBy: acceptedBy ?? null };
}

/** What the domain needs to know of a member's invitation. */
export function memberFactsOf(invitation: MemberInvitation): InvitationFacts {
  const { orgRole, chatRole, rights } = invitation;
  return { ...factsOf(invitation), orgRole, chatRole, rights };
}

/** An invitation by its id, read strongly. */
export async function getInvitation(table: Table, org: string, id: string): Promise<Invitation | undefined> {
  return await getItem(table, keys.invitation(org, id), invitationItem);
}

/** One page of an organization's invitations of every state, newest first. */
export async function listInvitations(
  table: Table,
  org: string,
  page: Pick<PageRequest, "limit" | "after">,
): Promise<Page<Invitation>> {
  return await queryPage(
    table,
    { partition: keys.invitations(org), isNewestFirst: true, ...page },
    invitationItem,
  );
}

/** Stores a new, pending invitation. */
export function newInvitationWrite(invitation: Invitation): Write {
  const { organizationId: org, invitationId: id, kind, endsAt } = invitation;
  return {
    label: "invitation",
    put: { ...keys.invitation(org, id), ...keys.pendingIndex(org, kind, id, endsAt), ...invitation },
    condition: "attribute_not_exists(pk)",
  };
}

/** How an invitation ends (INV-1): only while pending, and in its time: `expired` past its date, by the invitee before it. */
export type Ending =
  | { readonly state: "accepted"; readonly acceptedBy: string; readonly givenChannelIds: readonly string[] }
  | { readonly state: "declined" | "revoked" | "expired" };

/** INV-1: as what a stored pending invitation ends that gives way to something: one past its date had expired by then. */
export function supersededAs(invitation: Invitation, now: number): "expired" | "revoked" {
  return stateAt(factsOf(invitation), now) === "expired" ? "expired" : "revoked";
}

/** The write that ends a pending invitation; whichever ending is written first is the only one (INV-5). */
export function endInvitationWrite(invitation: Invitation, ending: Ending, now: number): Write {
  const { organizationId: org, invitationId: id } = invitation;
  // Whoever closes it takes its lines off the channels as they read them, which an edit may have changed (MINV-8).
  const only = {
    expired: "endsAt <= :now AND version = :version",
    accepted: "endsAt > :now",
    declined: "endsAt > :now AND version = :version",
    revoked: "version = :version",
  };
  return {
    label: `invitation ${id}`,
    update: keys.invitation(org, id),
    expression: `SET #state = :state, closedAt = :closedAt, version = version + :one${
      ending.state === "accepted" ? ", acceptedBy = :acceptedBy, givenChannelIds = :given" : ""
    } REMOVE gsi1pk, gsi1sk`,
    condition: `#state = :pending AND ${only[ending.state]}`,
    names: { "#state": "state" },
    values: {
      ":pending": "pending",
      ":state": ending.state,
      ":closedAt": new Date(now).toISOString(),
      ":one": 1,
      ...(ending.state === "revoked" ? {} : { ":now": now }),
      ...(ending.state === "accepted"
        ? { ":acceptedBy": ending.acceptedBy, ":given": ending.givenChannelIds }
        : { ":version": invitation.version }),
    },
  };
}
