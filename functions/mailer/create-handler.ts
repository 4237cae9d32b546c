import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { logger } from "../shell/logger.ts";
import { deliverInTime } from "./deliver-in-time.ts";
import type { Delivery } from "./delivery.ts";
import { type QueuedMail, queuedMail } from "./queued-mail.ts";

export type MailerDeps = {
  readonly deliver: (of: QueuedMail) => Promise<Delivery>;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
};

/** Mails of one batch that are on their way at once: SES answers in about 100 ms and allows 14 a second at first. */
const CONCURRENCY = 5;

/** An attempt whose failure, a bug's included, is logged and tried again: a record is given up by the stream alone. */
async function attempt(deps: MailerDeps, of: QueuedMail): Promise<Delivery> {
  try {
    return await deps.deliver(of);
  } catch (error) {
    logger.error("mail attempt broke off", {
      ...of,
      error: error instanceof Error ? error : "unknown",
    });
    return { kind: "later", at: deps.now(), why: "error" };
  }
}

function isDone(delivery: Delivery | undefined, of: QueuedMail): boolean {
  if (delivery === undefined || delivery.kind === "later") {
    logger.warn("mail left to the stream's retry", { ...of, delivery });
    return false;
  }
  if (delivery.kind === "failed") logger.error("mail refused", { ...of, delivery });
  else logger.info("mail", { ...of, delivery });
  return true;
}

/**
 * The mailer: the table's stream is the outbox, so that what was committed is mailed and what was not is not (INV-12).
 * Answers with the first record that is left to do; Lambda repeats from there on, and what was sent since is skipped.
 */
export function createMailerHandler(deps: MailerDeps) {
  async function isServed(record: DynamoDBRecord, context: Context): Promise<boolean> {
    const of = queuedMail(record.dynamodb?.NewImage);
    if (of === undefined) return true;
    const remainingMs = () => context.getRemainingTimeInMillis();
    const delivery = await deliverInTime(() => attempt(deps, of), {
      now: deps.now,
      remainingMs,
      wait: deps.wait,
    });
    return isDone(delivery, of);
  }

  return async function sendQueuedMails(
    event: DynamoDBStreamEvent,
    context: Context,
  ): Promise<DynamoDBBatchResponse> {
    const served: boolean[] = [];
    const queue = event.Records.entries();
    async function serveNext(): Promise<void> {
      for (const [index, record] of queue) served[index] = await isServed(record, context);
    }
    await Promise.all(Array.from({ length: CONCURRENCY }, serveNext));
    const first = event.Records[served.indexOf(false)]?.dynamodb?.SequenceNumber;
    return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first }] };
  };
}
