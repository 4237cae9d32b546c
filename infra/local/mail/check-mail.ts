import type { LocalContext } from "../contracts.ts";
import { SesError } from "./ses-error.ts";
import type { SesMail } from "./ses-request.ts";

const mostRecipients = 50;

/** Refuses what SES refuses. @throws SesError */
export function checkMail(mail: SesMail, context: LocalContext): void {
  const { configurationSet } = mail;
  if (configurationSet !== undefined && configurationSet !== context.model.mail.configurationSet) {
    const message = `Configuration set <${configurationSet}> does not exist.`;
    throw new SesError(400, "ConfigurationSetDoesNotExist", message);
  }
  if (mail.recipients.length === 0) throw new SesError(400, "InvalidParameterValue", "Missing destination.");
  if (mail.recipients.length > mostRecipients) {
    const message = `Recipient count exceeds ${mostRecipients}.`;
    throw new SesError(400, "InvalidParameterValue", message);
  }
  for (const address of [mail.source, ...mail.recipients]) checkAddress(address);
}

function checkAddress(address: string): void {
  const bare = /<([^<>]*)>\s*$/.exec(address)?.[1] ?? address;
  const at = bare.lastIndexOf("@");
  if (at < 1 || at === bare.length - 1) {
    throw new SesError(400, "InvalidParameterValue", "Missing final '@domain'");
  }
  if (/[^\x21-\x7e]/.test(bare.slice(0, at))) {
    throw new SesError(400, "InvalidParameterValue", "Local address contains control or whitespace");
  }
}
