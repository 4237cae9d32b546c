import type { MailState } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { isId } from "../shell/ids.ts";
import type { MailReport } from "../table/invitation-mail.ts";

const tag = z.array(z.string()).min(1);

/** An SES event as SNS brings it: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
const sesEvent = z.object({
  eventType: z.string(),
  mail: z.object({
    messageId: z.string().min(1),
    timestamp: z.iso.datetime({ offset: true }),
    tags: z.union([
      z.object({ organization: tag, invitation: tag, attempt: tag.optional() }),
      z.object({ organization: tag, notice: tag }),
    ]),
  }),
  bounce: z.object({ bounceType: z.string(), bounceSubType: z.string() }).optional(),
  complaint: z.object({ complaintSubType: z.string().nullish() }).optional(),
});

type SesEvent = z.infer<typeof sesEvent>;

type ReportedState = Extract<MailState, "sent" | "failed" | "bounced" | "suppressed" | "complained">;

/** INV-11: which states a report follows. A complaint is the last word: it says that a person was reached. */
const FOLLOWS: Record<ReportedState, readonly MailState[]> = {
  sent: ["sending"],
  failed: ["sending", "sent"],
  bounced: ["sending", "sent"],
  suppressed: ["sending", "sent"],
  complained: ["sending", "sent", "bounced", "suppressed"],
};

const SUPPRESSIONS = new Set(["Suppressed", "OnAccountSuppressionList"]);

/** What an event makes of the mail; `undefined` if nothing, as a bounce that SES still tries to overcome. */
function stateOf({ eventType, bounce, complaint }: SesEvent): ReportedState | undefined {
  switch (eventType) {
    case "Send":
    case "Delivery":
      return "sent";
    case "Reject":
    case "Rendering Failure":
      return "failed";
    case "Bounce":
      if (bounce?.bounceType !== "Permanent") return undefined;
      return SUPPRESSIONS.has(bounce.bounceSubType) ? "suppressed" : "bounced";
    case "Complaint":
      return SUPPRESSIONS.has(complaint?.complaintSubType ?? "") ? "suppressed" : "complained";
    default:
      return undefined;
  }
}

/**
 * An SNS message read: a report to record; one of a notice (ORG-11), which nobody waits for; nothing to do; or not an event
 * of a mail of ours.
 */
export type Reading =
  | { readonly kind: "report"; readonly report: MailReport }
  | {
      readonly kind: "notice";
      readonly organizationId: string;
      readonly noticeId: string;
      readonly state: ReportedState;
    }
  | { readonly kind: "nothing" }
  | { readonly kind: "malformed" };

function jsonOf(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

/** Reads the text of an SNS message. */
export function readMailEvent(message: string): Reading {
  const parsed = sesEvent.safeParse(jsonOf(message));
  if (!parsed.success) return { kind: "malformed" };
  const { messageId, timestamp, tags } = parsed.data.mail;
  const [organizationId = ""] = tags.organization;
  if (!isId("organization", organizationId)) return { kind: "malformed" };
  const state = stateOf(parsed.data);
  if ("notice" in tags) {
    const [noticeId = ""] = tags.notice;
    if (!isId("notice", noticeId)) return { kind: "malformed" };
    return state === undefined ? { kind: "nothing" } : { kind: "notice", organizationId, noticeId, state };
  }
  const [invitationId = ""] = tags.invitation;
  if (!isId("invitation", invitationId)) return { kind: "malformed" };
  if (state === undefined) return { kind: "nothing" };
  const attempt = tags.attempt?.[0];
  const sentAt = new Date(timestamp).toISOString();
  return {
    kind: "report",
    report: { organizationId, invitationId, messageId, attempt, state, follows: FOLLOWS[state], sentAt },
  };
}
