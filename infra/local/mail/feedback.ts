import { setTimeout as sleep } from "node:timers/promises";
import type { LocalContext } from "../contracts.ts";
import { type FeedbackEvent, feedbackEvents } from "./feedback-events.ts";
import type { SesMail } from "./ses-request.ts";
import { snsEvent } from "./sns-event.ts";

/** Delivery takes a moment, so that the sender has its answer first, as it nearly always has with SES. */
const deliveryMs = 150;
/** SNS hands over asynchronously, where Lambda tries twice more; after minutes there, after seconds here. */
const retryDelaysMs = [1000, 2000];

/** Tells the feedback function what became of a mail, if it was sent with the configuration set that listens. */
export async function publishFeedback(id: string, mail: SesMail, context: LocalContext): Promise<void> {
  const { feedbackFunction, feedbackEvents: wanted } = context.model.mail;
  if (feedbackFunction === undefined || mail.configurationSet === undefined) return;
  const events = feedbackEvents(id, mail, context.clock.now());
  const heard = events.filter((event) => !wanted || wanted.includes(event.eventType.toLowerCase()));
  for (const event of heard) {
    if (event.eventType !== "Send") await sleep(deliveryMs, undefined, { ref: false });
    await tell(feedbackFunction, event, context);
  }
}

async function tell(functionName: string, event: FeedbackEvent, context: LocalContext): Promise<void> {
  const payload = snsEvent(event, context.clock.now());
  for (const delayMs of [...retryDelaysMs, undefined]) {
    const result = await context.invoker.invoke(functionName, payload, `sns ${event.eventType}`);
    if (result.ok || delayMs === undefined) return;
    await sleep(delayMs, undefined, { ref: false });
  }
}
