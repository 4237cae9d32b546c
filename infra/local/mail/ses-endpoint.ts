import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { FaultEffect, LocalContext } from "../contracts.ts";
import { readBody } from "../http-gateway/read-body.ts";
import { callerOf } from "../runtime/caller.ts";
import { checkMail } from "./check-mail.ts";
import { publishFeedback } from "./feedback.ts";
import { mailboxOf } from "./mailbox.ts";
import { messageId } from "./message-id.ts";
import { SesError } from "./ses-error.ts";
import { readSesRequest, type SesMail } from "./ses-request.ts";
import { answerSesError, answerSesResult } from "./ses-xml.ts";

/** SES's limit for a whole message, and what its base64 and form encoding add. */
const requestLimitBytes = 20 * 1024 * 1024;

/**
 * One call to SES. Faults: `throttle`, `error` and `kill` strike before the mail is accepted, `error-after`, and a
 * `kill` with a delay, after it: then the caller does not know that it was sent.
 */
export async function handleSesCall(
  request: IncomingMessage,
  response: ServerResponse,
  context: LocalContext,
): Promise<void> {
  const body = await readBody(request, requestLimitBytes);
  const caller = callerOf(request.headers.authorization);
  try {
    if (!body) throw new SesError(400, "InvalidParameterValue", "The message is too long.");
    const form = new URLSearchParams(body.toString());
    const operation = form.get("Action") ?? "";
    const mail = await readSesRequest(form);
    checkMail(mail, context);
    const fault = faultFor(mail, operation, caller?.functionName ?? "", context);
    if (fault?.effect === "throttle") throw new SesError(400, "Throttling", "Maximum sending rate exceeded.");
    if (fault?.effect === "error") throw new SesError(500, "InternalFailure", "SES failed.");
    if (fault?.effect === "delay") await sleep(fault.delayMs);
    if (fault?.effect === "drop" || (fault?.effect === "kill" && fault.delayMs === 0)) {
      if (fault.effect === "kill") context.invoker.kill(caller?.accessKeyId ?? "");
      response.destroy();
      return;
    }
    const id = accept(mail, context);
    if (fault?.effect === "duplicate") accept(mail, context);
    if (fault?.effect === "error-after") throw new SesError(500, "InternalFailure", "SES failed afterwards.");
    if (fault?.effect === "kill") {
      await sleep(fault.delayMs);
      context.invoker.kill(caller?.accessKeyId ?? "");
      response.destroy();
      return;
    }
    answerSesResult(response, operation, id);
  } catch (error) {
    if (!(error instanceof SesError)) throw error;
    answerSesError(response, error);
  }
}

function faultFor(
  mail: SesMail,
  operation: string,
  functionName: string,
  context: LocalContext,
): FaultEffect | undefined {
  for (const to of mail.recipients) {
    const fault = context.faults.decide("ses", { function: functionName, operation, to });
    if (fault) return fault;
  }
  return undefined;
}

function accept(mail: SesMail, context: LocalContext): string {
  const nowMs = context.clock.now();
  const id = messageId(nowMs);
  const at = new Date(nowMs).toISOString();
  const { configurationSet, tags, source, to, subject, text, html } = mail;
  const tagList = Object.entries(tags).map(([name, value]) => `${name}=${value}`);
  const headers = {
    ...mail.headers,
    date: mail.headers["date"] ?? new Date(nowMs).toUTCString(),
    "message-id": `<${id}@local.amazonses.com>`,
    ...(configurationSet !== undefined && { "x-ses-configuration-set": configurationSet }),
    ...(tagList.length > 0 && { "x-ses-message-tags": tagList.join(", ") }),
  };
  const recipients = mail.recipients.map((address) => address.toLowerCase());
  mailboxOf(context).add({ id, to, from: source, subject, text, html, headers, at, recipients });
  context.meter.recordMail();
  // Addresses stay out of the log, here as in the functions.
  context.log.add({ kind: "event", text: `mail ${id} accepted` });
  publishFeedback(id, mail, context).catch(() => undefined);
  return id;
}
