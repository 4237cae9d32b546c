import type { SesMail } from "./ses-request.ts";

export type FeedbackEvent = {
  eventType: "Send" | "Delivery" | "Bounce" | "Complaint";
  [detail: string]: unknown;
};

const simulatorDomain = "@simulator.amazonses.com";

/**
 * What SES would publish about a mail, in order. The simulator's addresses behave as SES's do, labels included
 * (`bounce+label@…`). https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
 * The shapes: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export function feedbackEvents(id: string, mail: SesMail, nowMs: number): FeedbackEvent[] {
  const timestamp = new Date(nowMs).toISOString();
  const common = { mail: mailFields(id, mail, timestamp) };
  const fates = mail.recipients.map((recipient) => ({ recipient, fate: fateOf(recipient) }));
  const meeting = (...wanted: string[]) =>
    fates.filter(({ fate }) => wanted.includes(fate)).map(({ recipient }) => recipient);
  const delivered = meeting("delivered", "complained");
  const complained = meeting("complained");
  return [
    { eventType: "Send", ...common, send: {} },
    ...meeting("bounced").map((to) => bounce(to, "General", id, timestamp, common)),
    ...meeting("suppressed").map((to) => bounce(to, "Suppressed", id, timestamp, common)),
    ...(delivered.length > 0 ? [delivery(delivered, timestamp, common)] : []),
    ...(complained.length > 0 ? [complaint(complained, id, timestamp, common)] : []),
  ];
}

function fateOf(recipient: string): "delivered" | "bounced" | "suppressed" | "complained" {
  const address = recipient.toLowerCase();
  if (!address.endsWith(simulatorDomain)) return "delivered";
  const name = address.slice(0, -simulatorDomain.length).split("+")[0];
  if (name === "bounce") return "bounced";
  if (name === "suppressionlist") return "suppressed";
  return name === "complaint" ? "complained" : "delivered";
}

function mailFields(id: string, mail: SesMail, timestamp: string) {
  const domain = mail.source.replace(/>\s*$/, "").split("@").at(-1) ?? "";
  const ownTags = Object.entries(mail.tags).map(([name, value]) => [name, [value]]);
  return {
    timestamp,
    source: mail.source,
    sourceArn: `arn:aws:ses:local:000000000000:identity/${domain}`,
    sendingAccountId: "000000000000",
    messageId: id,
    destination: mail.recipients,
    headersTruncated: false,
    headers: Object.entries(mail.headers).map(([name, value]) => ({ name, value })),
    commonHeaders: { from: [mail.source], to: [mail.to], messageId: id, subject: mail.subject },
    tags: {
      "ses:operation": ["SendEmail"],
      "ses:configuration-set": [mail.configurationSet ?? ""],
      "ses:from-domain": [domain],
      "ses:caller-identity": ["local"],
      ...Object.fromEntries(ownTags),
    },
  };
}

function bounce(
  recipient: string,
  bounceSubType: "General" | "Suppressed",
  id: string,
  timestamp: string,
  common: { mail: unknown },
): FeedbackEvent {
  const diagnosticCode =
    bounceSubType === "General"
      ? "smtp; 550 5.1.1 user unknown"
      : "Amazon SES has suppressed sending to this address because it has a recent history of bouncing.";
  return {
    eventType: "Bounce",
    ...common,
    bounce: {
      feedbackId: `${id}-bounce`,
      bounceType: "Permanent",
      bounceSubType,
      bouncedRecipients: [{ emailAddress: recipient, action: "failed", status: "5.1.1", diagnosticCode }],
      timestamp,
      reportingMTA: "dns; local.amazonses.com",
    },
  };
}

function delivery(recipients: string[], timestamp: string, common: { mail: unknown }): FeedbackEvent {
  const smtpResponse = "250 2.0.0 OK";
  const reportingMTA = "local.amazonses.com";
  const fields = { timestamp, processingTimeMillis: 1, recipients, smtpResponse, reportingMTA };
  return { eventType: "Delivery", ...common, delivery: fields };
}

function complaint(
  recipients: string[],
  id: string,
  timestamp: string,
  common: { mail: unknown },
): FeedbackEvent {
  return {
    eventType: "Complaint",
    ...common,
    complaint: {
      feedbackId: `${id}-complaint`,
      complaintSubType: null,
      complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
      timestamp,
      userAgent: "Amazon SES Mailbox Simulator",
      complaintFeedbackType: "abuse",
      arrivalDate: timestamp,
    },
  };
}
