import * as z from "zod";
import { newId } from "../shell/ids.ts";
import { keys } from "./keys.ts";
import { type Page, queryPage } from "./read.ts";
import { isoTime, type Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/** Every act that leaves an entry (INV-18). */
export const AUDIT_ACTIONS = [
  "organization.created",
  "organization.updated",
  "channel.created",
  "channel.updated",
  "channel.archived",
  "channel.restored",
  "channel.deleted",
  "channel.people-added",
  "channel.person-removed",
  "channel.role-changed",
  "channel.group-attached",
  "channel.group-detached",
  "group.created",
  "group.updated",
  "group.deleted",
  "group.member-added",
  "group.member-removed",
  "invitation.created",
  "invitation.accepted",
  "invitation.declined",
  "invitation.revoked",
  "invitation.expired",
  "invitation.updated",
  "invitation.resent",
  "mail-address.created",
  "mail-address.removed",
  "share.created",
  "share.updated",
  "share.removed",
  "member.org-role-changed",
  "member.chat-role-changed",
  "member.rights-changed",
  "member.left",
  "member.removed",
  "member.deactivated",
  "member.reactivated",
  "member.converted-to-guest",
  "guest.channels-added",
  "guest.end-changed",
  "guest.converted-to-member",
  "guest.left",
  "guest.removed",
  "guest.ended",
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who did what to whom, when and from where: `O#<org>#AUDIT` / a time-ordered id. */
export const auditItem = z.object({
  auditId: z.string(),
  action: z.enum(AUDIT_ACTIONS),
  /** The person, or `system` for what the date alone brought about. */
  actorId: z.string(),
  subjectId: z.string(),
  at: z.string(),
  sourceIp: z.string().optional(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

export type AuditEntry = z.infer<typeof auditItem>;

/** Who acts, from where and when: what every audit entry says. */
export type Origin = {
  readonly actorId: string;
  readonly sourceIp: string | undefined;
  readonly now: number;
};

/** The audit entry of a transaction. Details hold roles and codes, never an address, a secret or a text. */
export function auditWrite(
  org: string,
  origin: Origin,
  entry: { action: AuditAction; subjectId: string; details?: AuditEntry["details"] },
): Write {
  const auditId = newId("audit", origin.now);
  return {
    label: "audit",
    put: {
      ...keys.audit(org, auditId),
      auditId,
      actorId: origin.actorId,
      at: isoTime(origin.now),
      sourceIp: origin.sourceIp,
      ...entry,
    },
  };
}

/** One page of the audit log, newest first. */
export async function listAudit(
  table: Table,
  org: string,
  page: { limit: number; after: string | undefined },
): Promise<Page<AuditEntry>> {
  return await queryPage(table, { partition: keys.audits(org), isNewestFirst: true, ...page }, auditItem);
}
