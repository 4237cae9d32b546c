import type { Denied } from "@vestibule/domain/decision";
import { inParallel } from "../realtime/in-parallel.ts";
import { overLimit, quietly } from "../shell/charge-mail.ts";
import { demand } from "../shell/standing.ts";
import { chargeMails, giveBack, type MailLimits, mayChargeMails } from "../table/mail-allowances.ts";
import {
  chargeRecipient,
  getRecipients,
  hashOfAddress,
  mayMail,
  type Recipient,
  type RecipientCharge,
  takeBackRecipient,
} from "../table/recipients.ts";
import type { Table } from "../table/table.ts";
import { TableBusy } from "../table/transaction.ts";
import type { AskedInvitee } from "./bulk-asked.ts";

/** The mails of a request: who asks for them, and under which limits (INV-13). */
export type Mailing = {
  readonly org: string;
  readonly senderId: string;
  readonly limits: MailLimits;
  /** Without, the invitations are delivered by link alone, and only noted with their recipients. */
  readonly isMailed: boolean;
  readonly now: number;
};

/** Recipients charged at the same time. */
const AT_ONCE = 20;

/** Addresses with what their recipients have had, and those of them who may be sent no more for now. */
export async function readRecipients(
  table: Table,
  { isMailed, limits, now }: Mailing,
  invited: readonly AskedInvitee[],
): Promise<{ recipients: ReadonlyMap<string, Recipient>; barred: ReadonlyMap<string, Denied> }> {
  const recipients = await getRecipients(
    table,
    invited.map(({ email }) => hashOfAddress(email)),
  );
  const limit = isMailed ? limits.recipient : null;
  const barred = new Map<string, Denied>();
  for (const { email, key } of invited) {
    const allowed = mayMail(recipients.get(hashOfAddress(email)), limit, now);
    if (!allowed.allowed) barred.set(key, overLimit(allowed));
  }
  return { recipients, barred };
}

function chargeOf({ org, limits, isMailed, now }: Mailing, asked: AskedInvitee): RecipientCharge {
  return {
    addressHash: hashOfAddress(asked.email),
    invitation: { organizationId: org, invitationId: asked.invitationId },
    limit: isMailed ? limits.recipient : null,
    now,
  };
}

function requested({ org, senderId, limits, isMailed, now }: Mailing, invitations: number) {
  return { org, senderId, limits, mails: isMailed ? invitations : 0, now };
}

/** INV-13: refuses a request that would be over, without charging it. @throws Problem 429 */
export async function demandMails(table: Table, mailing: Mailing, invitations: number): Promise<void> {
  const charged = await mayChargeMails(table, requested(mailing, invitations));
  if (!charged.allowed) demand(overLimit(charged));
}

/**
 * INV-13: charges the request's mails before anything else is written: all of them to sender and organization, then each
 * to its recipient.
 * @returns the addresses whose recipient somebody else has used up meanwhile, or for whom the table was busy: not charged
 * @throws Problem 429 if sender or organization are over: nothing is charged
 */
export async function chargeInvitations(
  table: Table,
  mailing: Mailing,
  invited: readonly AskedInvitee[],
  recipients: ReadonlyMap<string, Recipient>,
): Promise<ReadonlyMap<number, Denied | "busy">> {
  const charged = await chargeMails(table, requested(mailing, invited.length));
  if (!charged.allowed) demand(overLimit(charged));
  const failed = new Map<number, Denied | "busy">();
  const received: AskedInvitee[] = [];
  const errors: unknown[] = [];
  await inParallel(invited, AT_ONCE, async (asked) => {
    if (errors.length > 0) return;
    try {
      const outcome = await chargeOne(table, mailing, asked, recipients);
      if (outcome === "charged") received.push(asked);
      else failed.set(asked.index, outcome);
    } catch (error) {
      errors.push(error);
    }
  });
  if (errors.length > 0) {
    // Nobody is invited by a request that fails here.
    await giveUnusedBack(table, mailing, received);
    await giveMailsBack(table, mailing, invited.length - received.length);
    throw errors[0];
  }
  await giveMailsBack(table, mailing, failed.size);
  return failed;
}

async function chargeOne(
  table: Table,
  mailing: Mailing,
  asked: AskedInvitee,
  recipients: ReadonlyMap<string, Recipient>,
): Promise<Denied | "busy" | "charged"> {
  try {
    const charge = chargeOf(mailing, asked);
    const one = await chargeRecipient(table, charge, recipients.get(charge.addressHash) ?? {});
    return one.allowed ? "charged" : overLimit(one);
  } catch (error) {
    if (!(error instanceof TableBusy)) throw error;
    return "busy";
  }
}

async function giveMailsBack(table: Table, mailing: Mailing, invitations: number): Promise<void> {
  await quietly(() => giveBack(table, requested(mailing, invitations)));
}

/** Gives back what was charged for addresses that were not invited in the end. */
export async function giveUnusedBack(
  table: Table,
  mailing: Mailing,
  unused: readonly AskedInvitee[],
): Promise<void> {
  await giveMailsBack(table, mailing, unused.length);
  await inParallel(unused, AT_ONCE, (asked) =>
    quietly(() => takeBackRecipient(table, chargeOf(mailing, asked))),
  );
}
