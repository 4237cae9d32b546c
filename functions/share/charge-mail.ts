import { deny } from "@vestibule/domain/decision";
import { logger } from "../shell/logger.ts";
import { Problem, problemOf } from "../shell/problem.ts";
import type { ShareInvitation } from "../table/invitations.ts";
import {
  type Charged,
  chargeMails,
  giveBack,
  type MailCharge,
  type MailLimits,
} from "../table/mail-allowances.ts";
import {
  chargeRecipient,
  hashOfAddress,
  noteRecipient,
  type RecipientCharge,
  takeBackRecipient,
} from "../table/recipients.ts";
import type { Table } from "../table/table.ts";
import { TableBusy } from "../table/transaction.ts";

/** INV-13: which limit is in the way, and when it will not be. */
function overLimit({ limit, retryAfterMs }: Extract<Charged, { allowed: false }>): Problem {
  const retryAfterSeconds = Math.ceil(retryAfterMs / 1_000);
  return problemOf(deny("mail-limit-exceeded", "INV-13", { limit, retryAfterSeconds }));
}

/** Gives back what nothing came of; an allowance less for a while is no reason to fail otherwise. */
async function takeBack(table: Table, mails: MailCharge, recipient?: RecipientCharge): Promise<void> {
  try {
    await giveBack(table, mails);
    if (recipient !== undefined) await takeBackRecipient(table, recipient);
  } catch (error) {
    logger.warn("mail not given back", { error: error instanceof Error ? error.name : typeof error });
  }
}

/** Charges both or, as far as anybody knows, neither: without the recipient's part nothing is sent. @throws Problem 429 */
async function chargeBoth(table: Table, mails: MailCharge, recipient: RecipientCharge): Promise<void> {
  const charged = await chargeMails(table, mails);
  if (!charged.allowed) throw overLimit(charged);
  try {
    const received = await chargeRecipient(table, recipient);
    if (!received.allowed) throw overLimit(received);
  } catch (error) {
    await takeBack(table, mails);
    throw error;
  }
}

/**
 * INV-13: writes a new invitation with its mail, if it has one, charged beforehand to sender, organization and recipient;
 * the recipient's item names it either way. What was refused, or met a busy table, has written nothing and is given back;
 * after any other failure nobody knows, and it is not.
 * @throws Problem 429 with nothing written
 */
export async function withMailCharged(
  table: Table,
  invitation: ShareInvitation,
  limits: MailLimits,
  now: number,
  write: () => Promise<void>,
): Promise<void> {
  const { organizationId, invitationId, email, invitedBy, delivery } = invitation;
  // A link for whoever holds it has no recipient.
  if (email === "") return await write();
  const named = { addressHash: hashOfAddress(email), invitation: { organizationId, invitationId }, now };
  if (delivery === "link") {
    await noteRecipient(table, named);
    return await write();
  }
  const mails = { org: organizationId, senderId: invitedBy.userId, mails: 1, limits, now };
  const recipient = { ...named, limit: limits.recipient };
  await chargeBoth(table, mails, recipient);
  try {
    return await write();
  } catch (error) {
    if (error instanceof Problem || error instanceof TableBusy) await takeBack(table, mails, recipient);
    throw error;
  }
}
