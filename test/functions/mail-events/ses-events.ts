export const ORG = "org_01jd0000000000000000000000";
export const INV = "inv_01jd0000000000000000000001";

/** An event as SES publishes it, of a mail with message id `m-1`. */
export function sesEvent(eventType: string, mail: object = {}, more: object = {}): string {
  return JSON.stringify({
    eventType,
    mail: {
      timestamp: "2026-11-24T09:00:00.000Z",
      messageId: "m-1",
      source: "no-reply@vestibule.example",
      destination: ["bob@example.com"],
      tags: {
        "ses:configuration-set": ["vestibule-dev"],
        organization: [ORG],
        invitation: [INV],
        attempt: ["hash"],
      },
      ...mail,
    },
    ...more,
  });
}

export function bounce(bounceType: string, bounceSubType: string): string {
  return sesEvent("Bounce", {}, { bounce: { bounceType, bounceSubType, bouncedRecipients: [] } });
}

export function complaint(complaintSubType: string | null): string {
  return sesEvent("Complaint", {}, { complaint: { complaintSubType, complainedRecipients: [] } });
}

export const NOTICE = "ntc_01jd0000000000000000000004";

/** An event of a notice's mail (ORG-11). */
export function noticeEvent(eventType: string, more: object = {}, noticeId = NOTICE): string {
  return sesEvent(eventType, { tags: { organization: [ORG], notice: [noticeId] } }, more);
}
