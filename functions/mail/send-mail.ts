import { SESClient, SESServiceException, SendEmailCommand } from "@aws-sdk/client-ses";
import { normalAddress } from "@vestibule/domain/mail-address";
import { bareAddress, senderAddress } from "./mailbox-address.ts";
import type { RenderedMail } from "./render-letter.ts";
import { shownName } from "./shown-text.ts";

/** SES as this folder uses it, with the sender and the configuration set of this deployment. */
export type Post = {
  readonly client: Pick<SESClient, "send">;
  readonly mailFrom: string;
  readonly configurationSet: string;
};

/** What the events of a mail are known by; a notice's are only logged. */
type MailTags =
  | { readonly organization: string; readonly invitation: string; readonly attempt: string }
  | { readonly organization: string; readonly notice: string };

/** A mail on its way: whose it is, to whom, and the tags that its events come back with. */
export type OutgoingMail = RenderedMail & {
  readonly to: string;
  readonly organizationName: string;
  readonly tags: MailTags;
};

/**
 * What became of one attempt. `refused`: this mail will never be sent. `deferred`: certainly not sent now. `unknown`: it
 * may have been sent, the answer did not say.
 */
export type SendOutcome =
  | { readonly kind: "accepted"; readonly messageId: string }
  | { readonly kind: "refused" | "deferred" | "unknown"; readonly code: string };

/**
 * SES for this container. One attempt, since only the mailer knows what a second one may repeat; a request longer than
 * 5 s is given up (`architecture.md`, Bundling and run time).
 */
export function openPost(mailFrom: string, configurationSet: string): Post {
  const client = new SESClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 500, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  return { client, mailFrom, configurationSet };
}

/** What SES says of the mail or its address; whatever else it refuses (limits, a paused account) is not their fault. */
const REFUSALS = new Set(["MessageRejected", "InvalidParameterValue"]);

/** `MessageRejected: Sending paused for this account. …`: SES pauses an account under that name, too. */
const PAUSED = /\bsending\b.*\b(?:paused|suspended)\b/iu;

/**
 * Whether a rejection is about the account or the sender, not about the mail: paused, or our own address among those that
 * are not verified (in the sandbox the recipient's may be).
 */
function isOurs({ message }: SESServiceException, mailFrom: string): boolean {
  if (PAUSED.test(message)) return true;
  const text = message.toLowerCase();
  return text.includes("not verified") && text.includes(bareAddress(mailFrom).toLowerCase());
}

function failureOf(error: unknown, mailFrom: string): SendOutcome {
  if (!(error instanceof SESServiceException)) {
    return { kind: "unknown", code: error instanceof Error ? error.name : "unknown" };
  }
  if (isOurs(error, mailFrom)) return { kind: "deferred", code: "sending-not-allowed" };
  if (REFUSALS.has(error.name)) return { kind: "refused", code: error.name };
  const status = error.$metadata.httpStatusCode ?? 500;
  const isCertain = (status >= 400 && status < 500) || status === 503;
  return { kind: isCertain ? "deferred" : "unknown", code: error.name };
}

/** Sends a mail once. Failures are outcomes: none of them is thrown. */
export async function sendMail(post: Post, mail: OutgoingMail): Promise<SendOutcome> {
  // The very address that addresses are compared, and mails counted, by (INV-6, INV-13).
  const to = normalAddress(mail.to);
  if (to === undefined) return { kind: "refused", code: "address-not-mailable" };
  const content = (Data: string) => ({ Data, Charset: "UTF-8" });
  try {
    const { MessageId } = await post.client.send(
      new SendEmailCommand({
        Source: senderAddress(post.mailFrom, shownName(mail.organizationName)),
        Destination: { ToAddresses: [to] },
        Message: {
          Subject: content(mail.subject),
          Body: { Html: content(mail.html), Text: content(mail.text) },
        },
        ConfigurationSetName: post.configurationSet,
        Tags: Object.entries(mail.tags).map(([Name, Value]) => ({ Name, Value })),
      }),
    );
    return MessageId === undefined
      ? { kind: "unknown", code: "no-message-id" }
      : { kind: "accepted", messageId: MessageId };
  } catch (error) {
    return failureOf(error, post.mailFrom);
  }
}
