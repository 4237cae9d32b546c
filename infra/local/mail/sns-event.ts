import { randomUUID } from "node:crypto";

const topicArn = "arn:aws:sns:local:000000000000:mail-events";

/** A notification as SNS hands it to a function. */
export function snsEvent(message: unknown, nowMs: number): { Records: unknown[] } {
  return {
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: `${topicArn}:${randomUUID()}`,
        Sns: {
          Type: "Notification",
          MessageId: randomUUID(),
          TopicArn: topicArn,
          Subject: "Amazon SES Email Event Notification",
          Message: JSON.stringify(message),
          Timestamp: new Date(nowMs).toISOString(),
          SignatureVersion: "1",
          Signature: "local",
          SigningCertUrl: "https://sns.local/certificate.pem",
          UnsubscribeUrl: "https://sns.local/unsubscribe",
          MessageAttributes: {},
        },
      },
    ],
  };
}
