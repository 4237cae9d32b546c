import type { MailState } from "@vestibule/domain/vocabulary";
import type { Invitation } from "./invitations.ts";
import { keys } from "./keys.ts";
import { GIVEN_UP_MS, LEFT_MS, type MailUpdate, updateMail } from "./mail-claims.ts";
import { isoTime, type Table } from "./table.ts";

/** A mailer's hold on an invitation's mail: nobody else sends it before `leaseUntil` (epoch ms). */
export type MailClaim = {
  readonly organizationId: string;
  readonly invitationId: string;
  readonly leaseUntil: number;
  /** The hash of the secret that this mail carries (INV-3). */
  readonly hash: string;
};

type Names = { readonly organizationId: string; readonly invitationId: string };

async function update(table: Table, of: Names, change: MailUpdate): Promise<boolean> {
  return await updateMail(table, keys.invitation(of.organizationId, of.invitationId), change);
}

/**
 * Claims a mail that is queued, or whose mailer did not come back within its lease (INV-12), and adds its secret to the
 * invitation's: one conditional write. False if it is somebody else's, or the invitation is over.
 */
export async function claimMail(table: Table, claim: MailClaim, now: number): Promise<boolean> {
  return await update(table, claim, {
    expression:
      "SET mail.#state = :sending, mail.leaseUntil = :lease REMOVE mail.messageId, mail.sentAt ADD secretHashes :hash",
    condition:
      "#state = :pending AND endsAt > :now AND (mail.#state = :queued OR (mail.#state = :sending AND mail.leaseUntil <= :now))",
    values: {
      ":pending": "pending",
      ":queued": "queued",
      ":sending": "sending",
      ":now": now,
      ":lease": claim.leaseUntil,
      ":hash": new Set([claim.hash]),
    },
  });
}

const OURS = "mail.#state = :sending AND mail.leaseUntil = :lease";

/** Records that SES took the mail; false if its event already did, or the invitation was sent anew meanwhile. */
export async function markMailSent(
  table: Table,
  claim: MailClaim,
  messageId: string,
  now: number,
): Promise<boolean> {
  return await update(table, claim, {
    expression: "SET mail.#state = :sent, mail.messageId = :id, mail.sentAt = :at REMOVE mail.leaseUntil",
    condition: OURS,
    values: {
      ":sending": "sending",
      ":lease": claim.leaseUntil,
      ":sent": "sent",
      ":id": messageId,
      ":at": isoTime(now),
    },
  });
}

/** Records that this mail cannot be sent at all; its secret opens nothing. */
export async function markMailFailed(table: Table, claim: MailClaim): Promise<boolean> {
  return await update(table, claim, {
    expression: "SET mail.#state = :failed REMOVE mail.leaseUntil DELETE secretHashes :hash",
    condition: OURS,
    values: {
      ":sending": "sending",
      ":lease": claim.leaseUntil,
      ":failed": "failed",
      ":hash": new Set([claim.hash]),
    },
  });
}

/**
 * Gives a claim back from `until` on. The mail stays `sending`: `queued` again would be a second record in the stream.
 * Its secret goes, unless it may have been mailed.
 */
export async function releaseMail(
  table: Table,
  claim: MailClaim,
  { until, mayBeMailed }: { until: number; mayBeMailed: boolean },
): Promise<boolean> {
  return await update(table, claim, {
    expression: `SET mail.leaseUntil = :until${mayBeMailed ? "" : " DELETE secretHashes :hash"}`,
    condition: OURS,
    values: {
      ":sending": "sending",
      ":lease": claim.leaseUntil,
      ":until": until,
      ...(mayBeMailed ? {} : { ":hash": new Set([claim.hash]) }),
    },
  });
}

/** What SES reports of a mail. */
export type MailReport = Names & {
  readonly messageId: string;
  /** The hash of the secret it carried: known before its message id is. */
  readonly attempt: string | undefined;
  readonly state: MailState;
  /** The states that this report follows; in any other one it is late, or known. */
  readonly follows: readonly MailState[];
  /** When SES took the mail, ISO-8601. */
  readonly sentAt: string;
};

/**
 * Records a report if it is about the invitation's current mail: the one with its message id or, before that is known,
 * the one with a secret of the invitation's. False if it is about an earlier one, an unknown one, or says nothing new.
 */
export async function recordMailReport(table: Table, report: MailReport): Promise<boolean> {
  const { messageId, attempt, state, follows, sentAt } = report;
  const follow = follows.map((_, index) => `:follows${index}`);
  const isCurrent =
    attempt === undefined ? "" : " OR (mail.#state = :sending AND contains(secretHashes, :attempt))";
  return await update(table, report, {
    expression: "SET mail.#state = :state, mail.messageId = :id, mail.sentAt = :at REMOVE mail.leaseUntil",
    condition: `mail.#state IN (${follow.join(", ")}) AND (mail.messageId = :id${isCurrent})`,
    values: {
      ":state": state,
      ":id": messageId,
      ":at": sentAt,
      ...Object.fromEntries(follows.map((followed, index) => [`:follows${index}`, followed])),
      ...(attempt === undefined ? {} : { ":sending": "sending", ":attempt": attempt }),
    },
  });
}

/**
 * Queues the mail that reminds of an invitation's end: once, only of an invitation that is still as it was read, and whose
 * mail arrived as far as anybody knows. False if it is not to be reminded of any more.
 */
export async function queueReminder(table: Table, invitation: Invitation, now: number): Promise<boolean> {
  return await update(table, invitation, {
    expression: "SET mail = :mail, remindedAt = :now",
    condition:
      "#state = :pending AND endsAt = :ends AND endsAt > :now AND mail.#state = :sent AND attribute_not_exists(remindedAt)",
    values: {
      ":pending": "pending",
      ":sent": "sent",
      ":ends": invitation.endsAt,
      ":now": now,
      ":mail": { state: "queued", isReminder: true, queuedAt: isoTime(now) },
    },
  });
}

/** Whether an invitation's mail is still to be sent and was given up (INV-12): no record of the stream leads to it any more. */
export function isGivenUp({ mail, createdAt, resentAt = 0 }: Invitation, now: number): boolean {
  if (mail?.state !== "queued" && mail?.state !== "sending") return false;
  const queuedAt = Math.max(Date.parse(mail.queuedAt ?? createdAt), resentAt);
  return queuedAt <= now - GIVEN_UP_MS && (mail.leaseUntil ?? 0) <= now - LEFT_MS;
}

/**
 * Queues a mail again that was given up, if it is still as it was read: with a new date, so that the write is a change,
 * and a record of the stream. Its secrets stay: one may have been mailed.
 */
export async function queueAgain(table: Table, invitation: Invitation, now: number): Promise<boolean> {
  const { mail } = invitation;
  if (mail === undefined) return false;
  const { queuedAt, leaseUntil } = mail;
  return await update(table, invitation, {
    expression: "SET mail.#state = :queued, mail.queuedAt = :at REMOVE mail.leaseUntil",
    condition: [
      "#state = :pending AND endsAt > :now AND mail.#state = :was",
      queuedAt === undefined ? "attribute_not_exists(mail.queuedAt)" : "mail.queuedAt = :before",
      leaseUntil === undefined ? "attribute_not_exists(mail.leaseUntil)" : "mail.leaseUntil = :lease",
    ].join(" AND "),
    values: {
      ":pending": "pending",
      ":queued": "queued",
      ":was": mail.state,
      ":now": now,
      ":at": isoTime(now),
      ...(queuedAt === undefined ? {} : { ":before": queuedAt }),
      ...(leaseUntil === undefined ? {} : { ":lease": leaseUntil }),
    },
  });
}
