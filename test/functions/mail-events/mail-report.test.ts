import { expect, test } from "vitest";
import { readMailEvent } from "../../../functions/mail-events/mail-report.ts";
import { bounce, complaint, INV, NOTICE, noticeEvent, ORG, sesEvent } from "./ses-events.ts";

test.each([
  ["Send", sesEvent("Send"), "sent"],
  ["Delivery", sesEvent("Delivery"), "sent"],
  ["Reject", sesEvent("Reject"), "failed"],
  ["Rendering Failure", sesEvent("Rendering Failure"), "failed"],
  ["a permanent bounce", bounce("Permanent", "General"), "bounced"],
  ["a permanent bounce of an unknown mailbox", bounce("Permanent", "NoEmail"), "bounced"],
  ["a suppressed address", bounce("Permanent", "Suppressed"), "suppressed"],
  ["an address on our own list", bounce("Permanent", "OnAccountSuppressionList"), "suppressed"],
  ["a complaint", complaint(null), "complained"],
  ["a complaint known before", complaint("OnAccountSuppressionList"), "suppressed"],
])("INV-11 %s makes the mail %s", (_, event, state) => {
  expect(readMailEvent(event)).toMatchObject({
    kind: "report",
    report: { organizationId: ORG, invitationId: INV, messageId: "m-1", attempt: "hash", state },
  });
});

test.each([
  ["a transient bounce", bounce("Transient", "MailboxFull")],
  ["an undetermined bounce", bounce("Undetermined", "Undetermined")],
  ["a delayed delivery", sesEvent("DeliveryDelay")],
  ["an event that SES may add", sesEvent("Open")],
])("INV-11 %s changes nothing", (_, event) => {
  expect(readMailEvent(event)).toEqual({ kind: "nothing" });
});

test.each([
  ["no JSON", "Successfully validated SNS topic"],
  ["null", "null"],
  ["a list", "[]"],
  ["a mail without tags", sesEvent("Send", { tags: undefined })],
  ["a mail of another sender", sesEvent("Send", { tags: { "ses:caller-identity": ["x"] } })],
  ["an id that is none", sesEvent("Send", { tags: { organization: ["org_x"], invitation: [INV] } })],
  ["empty tags", sesEvent("Send", { tags: { organization: [], invitation: [] } })],
  ["no message id", sesEvent("Send", { messageId: "" })],
  ["a time that is none", sesEvent("Send", { timestamp: "yesterday" })],
])("INV-11 %s is not understood", (_, event) => {
  expect(readMailEvent(event)).toEqual({ kind: "malformed" });
});

test("ORG-11 an event of a notice's mail is known as one", () => {
  const of = { kind: "notice", organizationId: ORG, noticeId: NOTICE };
  expect(readMailEvent(noticeEvent("Delivery"))).toEqual({ ...of, state: "sent" });
  expect(readMailEvent(noticeEvent("Reject"))).toEqual({ ...of, state: "failed" });
  expect(readMailEvent(noticeEvent("Open"))).toEqual({ kind: "nothing" });
  expect(readMailEvent(noticeEvent("Send", {}, "ntc_x"))).toEqual({ kind: "malformed" });
});

test("INV-11 a complaint follows every state of a mail that went out, a bounce does not undo a complaint", () => {
  const follows = (event: string) => {
    const reading = readMailEvent(event);
    return reading.kind === "report" ? reading.report.follows : [];
  };
  expect(follows(complaint(null))).toEqual(["sending", "sent", "bounced", "suppressed"]);
  expect(follows(bounce("Permanent", "General"))).toEqual(["sending", "sent"]);
  expect(follows(sesEvent("Send"))).toEqual(["sending"]);
  for (const event of [complaint(null), bounce("Permanent", "General"), sesEvent("Send")]) {
    expect(follows(event)).not.toContain("queued");
  }
});
