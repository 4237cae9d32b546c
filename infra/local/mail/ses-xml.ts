import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { SesError } from "./ses-error.ts";

const namespace = "http://ses.amazonaws.com/doc/2010-12-01/";

/** The answer to an accepted mail. */
export function answerSesResult(response: ServerResponse, operation: string, messageId: string): void {
  const result = `<${operation}Result><MessageId>${messageId}</MessageId></${operation}Result>`;
  const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
  answerXml(
    response,
    200,
    `<${operation}Response xmlns="${namespace}">${result}${metadata}</${operation}Response>`,
  );
}

/** The answer to a refused one. */
export function answerSesError(response: ServerResponse, error: SesError): void {
  const type = error.status < 500 ? "Sender" : "Receiver";
  const message = error.message.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const body = `<Error><Type>${type}</Type><Code>${error.code}</Code><Message>${message}</Message></Error>`;
  const requestId = `<RequestId>${randomUUID()}</RequestId>`;
  answerXml(
    response,
    error.status,
    `<ErrorResponse xmlns="${namespace}">${body}${requestId}</ErrorResponse>`,
  );
}

function answerXml(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { "content-type": "text/xml" }).end(xml);
}
