import type { MailLimits } from "../table/mail-allowances.ts";
import { readEnvironment } from "./environment.ts";

/** INV-13: this deployment's limits of mails, in the environment of the functions that send invitations. */
export function readMailLimits(): MailLimits {
  const limits = readEnvironment(
    "MAILS_PER_SENDER_HOUR",
    "MAILS_PER_ORGANIZATION_DAY",
    "MAILS_PER_RECIPIENT_DAY",
  );
  return {
    sender: limits.MAILS_PER_SENDER_HOUR,
    organization: limits.MAILS_PER_ORGANIZATION_DAY,
    recipient: limits.MAILS_PER_RECIPIENT_DAY,
  };
}
