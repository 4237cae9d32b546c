import { logger } from "../shell/logger.ts";
import { Problem, problemOf } from "../shell/problem.ts";
import type { Invitation } from "../table/invitations.ts";
import { chargeMails, giveBack, type MailCharge } from "../table/mail-allowances.ts";
import {
  chargeRecipient,
  hashOfAddress,
  noteRecipient,
  type RecipientCharge,
  takeBackMail,
} from "../table/recipients.ts";
import type { Table } from "../table/table.ts";
import { TableBusy } from "../table/transaction.ts";
import { overLimit } from "./bulk-mails.ts";

/** One mail, or none: who asks for it, and which invitation is to be sent. */
export type ResendCharge = Omit<MailCharge, "org" | "mails"> & {
  readonly invitation: Invitation;
  readonly isMailed: boolean;
  readonly recipientLimit: number | null;
};

async function quietly(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // The caller is to hear of the refusal; an allowance less for a while is no reason to fail otherwise.
    logger.warn("mail not given back", { error: error instanceof Error ? error.name : typeof error });
  }
}

/** What nothing came of is given back; the recipient's item goes on naming the invitation, which may be pending still. */
async function takeBack(table: Table, mails: MailCharge, recipient: RecipientCharge): Promise<void> {
  await quietly(async () => {
    await giveBack(table, mails);
    await takeBackMail(table, recipient);
  });
}

/** Charges both or, as far as anybody knows, neither: without the recipient's part nothing is sent. @throws Problem 429 */
async function chargeBoth(table: Table, mails: MailCharge, recipient: RecipientCharge): Promise<void> {
  const charged = await chargeMails(table, mails);
  if (!charged.allowed) throw problemOf(overLimit(charged));
  try {
    const received = await chargeRecipient(table, recipient);
    if (!received.allowed) throw problemOf(overLimit(received));
  } catch (error) {
    await quietly(async () => await giveBack(table, mails));
    throw error;
  }
}

/**
 * INV-13: does something with its mail charged to sender, organization and recipient beforehand. What was refused, or met
 * a busy table, has written nothing, and is given back; after any other failure nobody knows, and it is not.
 * @throws Problem 429 with nothing written
 */
export async function withMailCharged<Result>(
  table: Table,
  { invitation, isMailed, recipientLimit, ...asked }: ResendCharge,
  act: () => Promise<Result>,
): Promise<Result> {
  const { organizationId, invitationId, email } = invitation;
  const { now } = asked;
  if (email === "") return await act();
  const named = { invitation: { organizationId, invitationId }, addressHash: hashOfAddress(email), now };
  if (!isMailed) {
    await noteRecipient(table, named);
    return await act();
  }
  const mails = { ...asked, org: organizationId, mails: 1 };
  const recipient = { ...named, limit: recipientLimit };
  await chargeBoth(table, mails, recipient);
  try {
    return await act();
  } catch (error) {
    if (error instanceof Problem || error instanceof TableBusy) await takeBack(table, mails, recipient);
    throw error;
  }
}
