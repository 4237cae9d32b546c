import type { SNSEvent } from "aws-lambda";
import { logger } from "../shell/logger.ts";
import type { MailReport } from "../table/invitation-mail.ts";
import { readMailEvent } from "./mail-report.ts";

export type MailEventsDeps = { readonly record: (report: MailReport) => Promise<boolean> };

/**
 * Takes what SES reports of the mails (INV-11): bounces, complaints, and that it took one whose mailer did not live to
 * record it (INV-12). An event that is not understood is logged and done with; one that the table does not take now is
 * thrown, and comes again.
 */
export function createMailEventsHandler(deps: MailEventsDeps) {
  return async function takeMailEvents(event: SNSEvent): Promise<void> {
    for (const { Sns } of event.Records) {
      const reading = readMailEvent(Sns.Message);
      if (reading.kind === "malformed")
        logger.warn("mail event not understood", { snsMessageId: Sns.MessageId });
      if (reading.kind === "notice") {
        const { organizationId, noticeId, state } = reading;
        logger.info("notice mail event", { organizationId, noticeId, state });
      }
      if (reading.kind !== "report") continue;
      const { organizationId, invitationId, messageId, state } = reading.report;
      const isNews = await deps.record(reading.report);
      logger.info("mail event", { organizationId, invitationId, messageId, state, isNews });
    }
  };
}
