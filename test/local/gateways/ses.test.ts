import {
  SESClient,
  SendEmailCommand,
  type SendEmailCommandInput,
  SendRawEmailCommand,
} from "@aws-sdk/client-ses";
import { afterEach, describe, expect, test } from "vitest";
import type { FaultRule } from "../../../infra/local/contracts.ts";
import { accessKeyOf } from "../../../infra/local/runtime/caller.ts";
import { type Event, type FakeFunction, type Gateway, startGateway, until } from "./fixture.ts";

let gateway: Gateway;
afterEach(() => gateway.close());

async function setup(rules: Partial<FaultRule>[] = [], mailEvents: FakeFunction = () => undefined) {
  gateway = await startGateway({ "mail-events": mailEvents });
  gateway.context.faults.replace(
    rules.map((rule) => ({ target: "ses", match: {}, effect: "error", ...rule })),
  );
  const ses = new SESClient({
    region: "local",
    endpoint: gateway.context.addresses.ses,
    credentials: { accessKeyId: accessKeyOf("mailer", 1), secretAccessKey: "x" },
    maxAttempts: 1,
  });
  return {
    ses,
    send: (to: string, change: Partial<SendEmailCommandInput> = {}) =>
      ses.send(new SendEmailCommand({ ...mailTo(to), ...change })),
  };
}

function mailTo(to: string): SendEmailCommandInput {
  return {
    Source: '"Vestibule" <hello@example.com>',
    Destination: { ToAddresses: [to] },
    Message: {
      Subject: { Data: "Come in, Zoë & co", Charset: "UTF-8" },
      Body: { Text: { Data: "Line 1\nLine 2 ü" }, Html: { Data: "<p>Hello <b>ü</b> &amp; co</p>" } },
    },
    ReplyToAddresses: ["sender@example.com"],
    ConfigurationSetName: "mails",
    Tags: [{ Name: "invitation", Value: "inv_1" }],
  };
}

async function mailbox(query = "") {
  const response = await fetch(`${gateway.baseUrl}/local/mailbox${query}`);
  return ((await response.json()) as { items: Record<string, Event>[] }).items;
}

/** What the feedback function heard, in order. */
function feedback(): Event[] {
  const heard = gateway.invocations.filter(({ functionName }) => functionName === "mail-events");
  return heard.map(({ event }) => JSON.parse(event.Records[0].Sns.Message));
}

describe("sending", () => {
  test("SendEmail lands in the mailbox as it was written", async () => {
    const { send } = await setup();
    const { MessageId } = await send("Ada@Example.com");
    const [mail, ...others] = await mailbox();
    expect(others).toEqual([]);
    expect(mail).toEqual({
      id: MessageId,
      to: "Ada@Example.com",
      from: '"Vestibule" <hello@example.com>',
      subject: "Come in, Zoë & co",
      text: "Line 1\nLine 2 ü",
      html: "<p>Hello <b>ü</b> &amp; co</p>",
      headers: expect.objectContaining({
        "reply-to": "sender@example.com",
        "x-ses-configuration-set": "mails",
        "x-ses-message-tags": "invitation=inv_1",
      }),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    expect(gateway.context.meter.read().mails).toBe(1);
  });

  test("SendRawEmail is read: transfer encodings, encoded words, both parts, own headers", async () => {
    const { ses } = await setup();
    const raw = [
      'From: "=?utf-8?B?WmUgVmVzdGlidWxl?=" <hello@example.com>',
      "To: Ada <ada@example.com>",
      "Subject: =?utf-8?Q?Bienvenue,_Zo=C3=AB?=",
      "List-Unsubscribe: <https://example.com/stop>",
      "X-SES-CONFIGURATION-SET: mails",
      "X-SES-MESSAGE-TAGS: invitation=inv_2, kind=member",
      "MIME-Version: 1.0",
      'Content-Type: multipart/alternative; boundary="b"',
      "",
      "--b",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "Zo=C3=AB, a long =",
      "line",
      "--b",
      "Content-Type: text/html; charset=utf-8",
      "Content-Transfer-Encoding: base64",
      "",
      Buffer.from("<p>Zoë</p>").toString("base64"),
      "--b--",
      "",
    ].join("\r\n");
    await ses.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(raw) } }));
    const [mail] = await mailbox("?to=ada@example.com");
    expect(mail).toMatchObject({ from: "Ze Vestibule <hello@example.com>", to: "Ada <ada@example.com>" });
    expect(mail).toMatchObject({ subject: "Bienvenue, Zoë", html: "<p>Zoë</p>" });
    expect(mail?.["text"].trim()).toBe("Zoë, a long line");
    expect(mail?.["headers"]["list-unsubscribe"]).toBe("<https://example.com/stop>");
    await until(() => feedback().length > 0, "feedback came");
    expect(feedback()[0].mail.tags).toMatchObject({ invitation: ["inv_2"], kind: ["member"] });
  });

  test.each([
    [
      "an unknown configuration set",
      "ada@example.com",
      { ConfigurationSetName: "other" },
      "ConfigurationSetDoesNotExist",
    ],
    ["no address at all", "ada", {}, "InvalidParameterValue"],
    ["letters a local part may not have", "zoë@example.com", {}, "InvalidParameterValue"],
  ])("%s is refused", async (_what, to, change, name) => {
    const { send } = await setup();
    await expect(send(to, change)).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
    await expect(send(to, change)).rejects.toThrow();
    await expect(send(to, change)).rejects.toSatisfy((error: Error) => error.name.startsWith(name));
    expect(await mailbox()).toEqual([]);
  });
});

describe("the mailbox", () => {
  test("is asked by address, whatever its case, and by what is new", async () => {
    const { send } = await setup();
    const first = await send("Ada@example.com");
    await send("bob@example.com");
    gateway.context.clock.advance(60);
    await send("ada@example.com");
    const times = (await mailbox()).map(({ at }) => at);
    expect(times).toEqual([...times].sort());
    expect((await mailbox("?to=ADA@EXAMPLE.COM")).length).toBe(2);
    expect((await mailbox(`?after=${first.MessageId}`)).map(({ to }) => to)).toEqual([
      "bob@example.com",
      "ada@example.com",
    ]);
    expect((await mailbox(`?to=ada@example.com&after=${times[0]}`)).length).toBe(1);
    expect((await fetch(`${gateway.baseUrl}/local/mailbox?after=nonsense`)).status).toBe(400);
  });

  test("is emptied", async () => {
    const { send } = await setup();
    await send("ada@example.com");
    const response = await fetch(`${gateway.baseUrl}/local/mailbox`, { method: "DELETE" });
    expect(response.status).toBe(204);
    expect(await mailbox()).toEqual([]);
  });

  test("has a page that shows nothing but itself", async () => {
    await setup();
    const response = await fetch(`${gateway.baseUrl}/local/mailbox/view`);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(await response.text()).toContain("sandbox=");
  });
});

describe("feedback", () => {
  test.each([
    ["ada@example.com", ["Send", "Delivery"]],
    ["success@simulator.amazonses.com", ["Send", "Delivery"]],
    ["bounce@simulator.amazonses.com", ["Send", "Bounce"]],
    ["bounce+one@simulator.amazonses.com", ["Send", "Bounce"]],
    ["suppressionlist@simulator.amazonses.com", ["Send", "Bounce"]],
    ["complaint@simulator.amazonses.com", ["Send", "Delivery", "Complaint"]],
  ])("about a mail to %s: %j", async (to, expected) => {
    const { send } = await setup();
    const { MessageId } = await send(to);
    await until(() => feedback().length === expected.length, "all events came");
    const events = feedback();
    expect(events.map(({ eventType }) => eventType)).toEqual(expected);
    for (const { mail } of events) {
      expect(mail).toMatchObject({ messageId: MessageId, destination: [to] });
      expect(mail.tags).toMatchObject({ invitation: ["inv_1"], "ses:configuration-set": ["mails"] });
    }
    const last = events.at(-1);
    if (to.startsWith("bounce")) {
      expect(last.bounce).toMatchObject({ bounceType: "Permanent", bounceSubType: "General" });
      expect(last.bounce.bouncedRecipients).toMatchObject([{ emailAddress: to }]);
    }
    if (to.startsWith("suppression")) expect(last.bounce.bounceSubType).toBe("Suppressed");
    if (to.startsWith("complaint")) {
      expect(last.complaint.complainedRecipients).toEqual([{ emailAddress: to }]);
    }
  });

  test("comes as SNS hands it to a function", async () => {
    const { send } = await setup();
    await send("ada@example.com");
    await until(() => feedback().length > 0, "feedback came");
    const { event, source } = gateway.invocations[0] ?? {};
    expect(source).toBe("sns Send");
    expect(event.Records).toMatchObject([
      { EventSource: "aws:sns", EventVersion: "1.0", Sns: { Type: "Notification" } },
    ]);
  });

  test("only of the kinds that the event destination names", async () => {
    const { send } = await setup();
    gateway.context.model.mail.feedbackEvents = ["bounce", "complaint"];
    await send("complaint@simulator.amazonses.com");
    await until(() => feedback().length > 0, "feedback came");
    expect(feedback().map(({ eventType }) => eventType)).toEqual(["Complaint"]);
  });

  test("not without the configuration set", async () => {
    const { send } = await setup();
    await send("bounce@simulator.amazonses.com", { ConfigurationSetName: undefined });
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(feedback()).toEqual([]);
  });

  test("is tried again when the function fails", async () => {
    let calls = 0;
    const { send } = await setup([], () => {
      calls += 1;
      if (calls === 1) throw new Error("not now");
    });
    gateway.context.model.mail.feedbackEvents = ["send"];
    await send("ada@example.com");
    await until(() => calls === 2, "the second try");
  });
});

describe("faults of ses", () => {
  test.each([
    ["throttle" as const, { name: "Throttling", $metadata: { httpStatusCode: 400 } }, 0],
    ["error" as const, { $metadata: { httpStatusCode: 500 } }, 0],
    ["error-after" as const, { $metadata: { httpStatusCode: 500 } }, 1],
  ])("%s", async (effect, failure, mails) => {
    const { send } = await setup([{ effect, times: 1 }]);
    await expect(send("ada@example.com")).rejects.toMatchObject(failure);
    expect((await mailbox()).length).toBe(mails);
    await send("ada@example.com");
    expect((await mailbox()).length).toBe(mails + 1);
  });

  test.each([
    [0, 0],
    [5, 1],
  ])("kill after %i ms leaves %i mails", async (delayMs, mails) => {
    const { send } = await setup([{ effect: "kill", delayMs }]);
    await expect(send("ada@example.com")).rejects.toThrow();
    expect(gateway.killed).toEqual([accessKeyOf("mailer", 1)]);
    expect((await mailbox()).length).toBe(mails);
  });

  test("delay, and the choice by function, operation and address", async () => {
    const match = { function: "mailer", operation: "SendEmail", to: "ada@example.com" };
    const { send } = await setup([{ effect: "delay", delayMs: 60, match }]);
    const startedAt = performance.now();
    await send("ada@example.com");
    const slowMs = performance.now() - startedAt;
    expect(slowMs).toBeGreaterThan(55);
    gateway.context.faults.replace([
      { target: "ses", effect: "error", match: { ...match, to: "bob@example.com" } },
    ]);
    await send("ada@example.com");
  });
});
