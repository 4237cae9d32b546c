import type { IncomingMessage, ServerResponse } from "node:http";
import type { LocalContext } from "../contracts.ts";
import { answerJson, answerProblem } from "../http-gateway/answer.ts";
import { requestPath } from "../http-gateway/request-path.ts";
import { type Mail, mailboxOf } from "./mailbox.ts";

const idShape = /^[0-9a-f]{16}-/;

/** `GET /local/mailbox?to=&after=`: oldest first; `after` is a mail's id or a time. */
export async function listMails(
  request: IncomingMessage,
  response: ServerResponse,
  context: LocalContext,
): Promise<void> {
  const query = new URLSearchParams(requestPath(request).query);
  const to = query.get("to")?.toLowerCase();
  const after = query.get("after") ?? "";
  if (after !== "" && !idShape.test(after) && Number.isNaN(Date.parse(after))) {
    return answerProblem(response, 400, "invalid-query", "after: the id of a mail, or an ISO time");
  }
  const items = mailboxOf(context)
    .list()
    .filter((mail) => (!to || mail.recipients.includes(to)) && isAfter(mail, after))
    .map(({ recipients: _recipients, ...item }) => item);
  answerJson(response, 200, { items });
}

/** `DELETE /local/mailbox`. */
export async function clearMails(
  _request: IncomingMessage,
  response: ServerResponse,
  context: LocalContext,
): Promise<void> {
  mailboxOf(context).clear();
  response.writeHead(204).end();
}

function isAfter(mail: Mail, after: string): boolean {
  if (after === "") return true;
  return idShape.test(after) ? mail.id > after : Date.parse(mail.at) > Date.parse(after);
}
