import { MessageRejected, SESClient, SESServiceException, SendEmailCommand } from "@aws-sdk/client-ses";
import { mockClient } from "aws-sdk-client-mock";
import { expect, test } from "vitest";
import { type OutgoingMail, sendMail } from "../../../functions/mail/send-mail.ts";

const MAIL: OutgoingMail = {
  to: "bob@bücher.example",
  organizationName: "Acme",
  subject: "Ada invites you to Acme",
  html: "<p>ü</p>",
  text: "ü",
  tags: { organization: "org_1", invitation: "inv_1", attempt: "hash-_" },
};

function setup() {
  const client = new SESClient({ region: "eu-central-1" });
  const ses = mockClient(client);
  const post = { client, mailFrom: "no-reply@vestibule.example", configurationSet: "vestibule-dev" };
  return { ses, send: (mail = MAIL) => sendMail(post, mail) };
}

function sesError(name: string, httpStatusCode: number) {
  return new SESServiceException({ name, $fault: "client", $metadata: { httpStatusCode } });
}

test("INV-12 a mail goes out with both parts, its configuration set, and tags to know it by", async () => {
  const { ses, send } = setup();
  ses.on(SendEmailCommand).resolves({ MessageId: "m-1" });
  expect(await send()).toEqual({ kind: "accepted", messageId: "m-1" });
  expect(ses.commandCalls(SendEmailCommand)[0]?.args[0].input).toEqual({
    Source: '"Acme via Vestibule" <no-reply@vestibule.example>',
    Destination: { ToAddresses: ["bob@xn--bcher-kva.example"] },
    Message: {
      Subject: { Data: "Ada invites you to Acme", Charset: "UTF-8" },
      Body: { Html: { Data: "<p>ü</p>", Charset: "UTF-8" }, Text: { Data: "ü", Charset: "UTF-8" } },
    },
    ConfigurationSetName: "vestibule-dev",
    Tags: [
      { Name: "organization", Value: "org_1" },
      { Name: "invitation", Value: "inv_1" },
      { Name: "attempt", Value: "hash-_" },
    ],
  });
});

test("INV-12 what SES rejects for good is refused", async () => {
  const { ses, send } = setup();
  ses
    .on(SendEmailCommand)
    .rejects(new MessageRejected({ message: "no", $metadata: { httpStatusCode: 400 } }));
  expect(await send()).toEqual({ kind: "refused", code: "MessageRejected" });
  ses.on(SendEmailCommand).rejects(sesError("InvalidParameterValue", 400));
  expect(await send()).toEqual({ kind: "refused", code: "InvalidParameterValue" });
});

test.each([
  ["Throttling", 400],
  ["AccountSendingPausedException", 400],
  ["ConfigurationSetDoesNotExistException", 400],
  ["MailFromDomainNotVerifiedException", 400],
  ["AccessDenied", 403],
  ["ServiceUnavailable", 503],
])("INV-12 %s is not the mail's fault: it is tried again", async (name, status) => {
  const { ses, send } = setup();
  ses.on(SendEmailCommand).rejects(sesError(name, status));
  expect(await send()).toEqual({ kind: "deferred", code: name });
});

test.each([
  "Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.",
  "Sending suspended for this account. For more information, please check the inbox of the email address associated with your AWS account.",
  "Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: no-reply@vestibule.example",
  'Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: bob@xn--bcher-kva.example, "Acme via Vestibule" <no-reply@vestibule.example>',
])(
  "INV-12 what SES has against the account or the sender is not the mail's fault, whatever its name: %s",
  async (message) => {
    const { ses, send } = setup();
    ses.on(SendEmailCommand).rejects(new MessageRejected({ message, $metadata: { httpStatusCode: 400 } }));
    expect(await send()).toEqual({ kind: "deferred", code: "sending-not-allowed" });
  },
);

test("INV-12 a recipient whom the sandbox does not allow is refused", async () => {
  const { ses, send } = setup();
  const message =
    "Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: bob@xn--bcher-kva.example";
  ses.on(SendEmailCommand).rejects(new MessageRejected({ message, $metadata: { httpStatusCode: 400 } }));
  expect(await send()).toEqual({ kind: "refused", code: "MessageRejected" });
});

test("INV-12 an error of SES's own, or none at all, leaves open whether the mail went out", async () => {
  const { ses, send } = setup();
  ses.on(SendEmailCommand).rejects(sesError("InternalFailure", 500));
  expect(await send()).toEqual({ kind: "unknown", code: "InternalFailure" });
  ses.on(SendEmailCommand).rejects(Object.assign(new Error("slow"), { name: "TimeoutError" }));
  expect(await send()).toEqual({ kind: "unknown", code: "TimeoutError" });
});

test("INV-16 an address that is none is refused without asking SES", async () => {
  const { ses, send } = setup();
  const outcome = await send({ ...MAIL, to: "bob\r\nBcc: x@example.com" });
  expect(outcome).toEqual({ kind: "refused", code: "address-not-mailable" });
  expect(ses.commandCalls(SendEmailCommand)).toHaveLength(0);
});
