import { type Denied, deny } from "@vestibule/domain/decision";
import type { Invitation } from "../table/invitations.ts";
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
  takeBackMail,
  takeBackRecipient,
} from "../table/recipients.ts";
import type { Table } from "../table/table.ts";
import { TableBusy } from "../table/transaction.ts";
import { logger } from "./logger.ts";
import { Problem, problemOf } from "./problem.ts";

/** One invitation that is to be sent: by whom, by mail or by its link alone, and under which limits. */
export type ChargedMail = {
  readonly invitation: Pick<Invitation, "organizationId" | "invitationId" | "email">;
  /** One that is there already may be pending still when this came to nothing: its recipient's item goes on naming it. */
  readonly isNew: boolean;
  readonly isMailed: boolean;
  readonly senderId: string;
  readonly limits: MailLimits;
  readonly now: number;
};

/** INV-13: the refusal of a charge: which limit is in the way, and when it will not be. */
export function overLimit({ limit, retryAfterMs }: Extract<Charged, { allowed: false }>): Denied {
  const retryAfterSeconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
  return deny("mail-limit-exceeded", "INV-13", { limit, retryAfterSeconds });
}

/** Gives back what was charged: an allowance less for a while is no reason to fail otherwise, or to fail what is done. */
export async function quietly(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    logger.warn("mails not given back", { error: error instanceof Error ? error.name : typeof error });
  }
}

/** Charges both or, as far as anybody knows, neither: without the recipient's part nothing is sent. @throws Problem 429 */
async function chargeBoth(table: Table, mails: MailCharge, recipient: RecipientCharge): Promise<void> {
  const charged = await chargeMails(table, mails);
  if (!charged.allowed) throw problemOf(overLimit(charged));
  try {
    const received = await chargeRecipient(table, recipient);
    if (!received.allowed) throw problemOf(overLimit(received));
  } catch (error) {
    await quietly(() => giveBack(table, mails));
    throw error;
  }
}

/**
 * INV-13: does something with its mail, if it has one, charged beforehand to sender, organization and recipient; the
 * recipient's item names the invitation either way. What was refused, or met a busy table, has written nothing and is
 * given back; after any other failure nobody knows, and it is not.
 * @throws Problem 429 with nothing written
 */
export async function withMailCharged<Result>(
  table: Table,
  { invitation, isNew, isMailed, senderId, limits, now }: ChargedMail,
  act: () => Promise<Result>,
): Promise<Result> {
  const { organizationId, invitationId, email } = invitation;
  // A link for whoever holds it has no recipient.
  if (email === "") return await act();
  const named = { invitation: { organizationId, invitationId }, addressHash: hashOfAddress(email), now };
  if (!isMailed) {
    await noteRecipient(table, named);
    return await act();
  }
  const mails = { org: organizationId, senderId, mails: 1, limits, now };
  const recipient = { ...named, limit: limits.recipient };
  await chargeBoth(table, mails, recipient);
  try {
    return await act();
  } catch (error) {
    if (error instanceof Problem || error instanceof TableBusy)
      await quietly(async () => {
        await giveBack(table, mails);
        await (isNew ? takeBackRecipient : takeBackMail)(table, recipient);
      });
    throw error;
  }
}
