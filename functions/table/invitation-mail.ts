import { setTimeout as wait } from "node:timers/promises";
import { ConditionalCheckFailedException, TransactionConflictException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { MailState } from "@vestibule/domain/vocabulary";
import { keys } from "./keys.ts";
import { isoTime, type Table } from "./table.ts";

/** A mailer's hold on an invitation's mail: nobody else sends it before `leaseUntil` (epoch ms). */
export type MailClaim = {
  readonly organizationId: string;
  readonly invitationId: string;
  readonly leaseUntil: number;
  /** The hash of the secret that this mail carries (INV-3). */
  readonly hash: string;
};

type Update = { expression: string; condition: string; values: Record<string, unknown> };
type Names = { readonly organizationId: string; readonly invitationId: string };

const ATTEMPTS = 4;

/** Writes if the condition holds. A transaction on the same item passes in milliseconds; the SDK does not wait for it. */
async function update(table: Table, of: Names, { expression, condition, values }: Update): Promise<boolean> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: keys.invitation(of.organizationId, of.invitationId),
    UpdateExpression: expression,
    ConditionExpression: condition,
    ExpressionAttributeNames: { "#state": "state" },
    ExpressionAttributeValues: values,
  });
  for (let count = 1; ; count += 1) {
    try {
      await table.client.send(command);
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      if (!(error instanceof TransactionConflictException) || count === ATTEMPTS) throw error;
      await wait(Math.random() * 40 * 2 ** count);
    }
  }
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
