import type { SNSEvent } from "aws-lambda";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  createMailEventsHandler,
  type MailEventsDeps,
} from "../../../functions/mail-events/create-handler.ts";
import { logger } from "../../../functions/shell/logger.ts";
import { bounce, NOTICE, noticeEvent, sesEvent } from "./ses-events.ts";

beforeEach(() => {
  vi.spyOn(logger, "info").mockReturnValue();
  vi.spyOn(logger, "warn").mockReturnValue();
});
afterEach(() => {
  vi.restoreAllMocks();
});

function setup() {
  const record = vi.fn<MailEventsDeps["record"]>().mockResolvedValue(true);
  const handler = createMailEventsHandler({ record });
  const take = (...messages: string[]) =>
    handler({ Records: messages.map((Message) => ({ Sns: { Message, MessageId: "sns-1" } })) } as SNSEvent);
  return { record, take };
}

test("INV-11 a bounce is recorded", async () => {
  const { record, take } = setup();
  await take(bounce("Permanent", "General"));
  expect(record.mock.calls.map(([report]) => report.state)).toEqual(["bounced"]);
});

test("INV-11 a report that is late, repeated or of an unknown invitation is done with", async () => {
  const { record, take } = setup();
  record.mockResolvedValue(false);
  await expect(take(sesEvent("Send"), sesEvent("Send"))).resolves.toBeUndefined();
});

test("INV-11 an event that is not understood is not tried again, nor does it stop the next one", async () => {
  const { record, take } = setup();
  await take("nonsense", bounce("Permanent", "General"));
  expect(record).toHaveBeenCalledTimes(1);
});

test("INV-11 an event that the table does not take now comes again", async () => {
  const { record, take } = setup();
  record.mockRejectedValue(new Error("throttled"));
  await expect(take(bounce("Permanent", "General"))).rejects.toThrow("throttled");
});

test("ORG-11 what became of a notice is logged, and recorded nowhere", async () => {
  const { record, take } = setup();
  await take(noticeEvent("Bounce", { bounce: { bounceType: "Permanent", bounceSubType: "General" } }));
  expect(record).not.toHaveBeenCalled();
  expect(logger.info).toHaveBeenCalledWith(
    "notice mail event",
    expect.objectContaining({ noticeId: NOTICE, state: "bounced" }),
  );
});

test("INV-3 neither address nor message is logged", async () => {
  const { take } = setup();
  await take(bounce("Permanent", "General"), "nonsense bob@example.com");
  const logged = JSON.stringify([vi.mocked(logger.info).mock.calls, vi.mocked(logger.warn).mock.calls]);
  expect(logged).toContain("bounced");
  expect(logged).toContain("sns-1");
  expect(logged).not.toContain("example.com");
});
