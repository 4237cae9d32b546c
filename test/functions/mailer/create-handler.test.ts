import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMailerHandler } from "../../../functions/mailer/create-handler.ts";
import { deliverInvitation } from "../../../functions/mailer/deliver-invitation.ts";
import { type Delivery, LEASE_MS } from "../../../functions/mailer/delivery.ts";
import type { QueuedMail } from "../../../functions/mailer/queued-mail.ts";
import { logger } from "../../../functions/shell/logger.ts";
import { mailWorld, ORG, START } from "./mail-world.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  vi.spyOn(logger, "info").mockReturnValue();
  vi.spyOn(logger, "warn").mockReturnValue();
  vi.spyOn(logger, "error").mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const invitationId = (number: number) => `inv_${String(number).padStart(26, "0")}`;

function recordOf(number: number, changes: Record<string, object> = {}): DynamoDBRecord {
  return {
    eventName: "INSERT",
    dynamodb: {
      SequenceNumber: `seq-${number}`,
      NewImage: {
        organizationId: { S: ORG },
        invitationId: { S: invitationId(number) },
        state: { S: "pending" },
        mail: { M: { state: { S: "queued" } } },
        ...changes,
      },
    },
  };
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

type Deliver = (of: QueuedMail) => Promise<Delivery>;

const idIn = (of: QueuedMail) => ("noticeId" in of ? of.noticeId : of.invitationId);

/** Runs the handler on `records` with `timeoutMs` of fake time. */
async function run(deliver: Deliver, records: DynamoDBRecord[], timeoutMs = 30_000) {
  const end = Date.now() + timeoutMs;
  const context = { getRemainingTimeInMillis: () => end - Date.now() } as Context;
  const handler = createMailerHandler({ deliver, now: Date.now, wait });
  const answer = handler({ Records: records } as DynamoDBStreamEvent, context);
  await vi.advanceTimersByTimeAsync(timeoutMs);
  return await answer;
}

const sent: Delivery = { kind: "sent", messageId: "m" };

test("INV-12 a batch whose mails are sent leaves nothing to do", async () => {
  const deliver = vi.fn<Deliver>().mockResolvedValue(sent);
  const records = Array.from({ length: 12 }, (_, number) => recordOf(number));
  expect(await run(deliver, records)).toEqual({ batchItemFailures: [] });
  expect(deliver).toHaveBeenCalledTimes(12);
});

test("INV-12 records that queue no mail are passed over", async () => {
  const deliver = vi.fn<Deliver>();
  const records = [
    recordOf(1, { mail: { M: { state: { S: "sending" } } } }),
    recordOf(2, { state: { S: "revoked" } }),
    recordOf(3, { invitationId: { S: "inv_x" } }),
    { eventName: "REMOVE", dynamodb: { SequenceNumber: "seq-4" } } as DynamoDBRecord,
  ];
  expect(await run(deliver, records)).toEqual({ batchItemFailures: [] });
  expect(deliver).not.toHaveBeenCalled();
});

test("ORG-11 a notice's record is delivered as an invitation's is", async () => {
  const deliver = vi.fn<Deliver>().mockResolvedValue(sent);
  const noticeId = `ntc_${"1".padStart(26, "0")}`;
  const { invitationId: _, state: _state, ...image } = recordOf(1).dynamodb?.NewImage ?? {};
  const notice = { dynamodb: { SequenceNumber: "seq-1", NewImage: { ...image, noticeId: { S: noticeId } } } };
  expect(await run(deliver, [notice])).toEqual({ batchItemFailures: [] });
  expect(deliver.mock.calls).toEqual([[{ organizationId: ORG, noticeId }]]);
});

test("INV-12 throttled: tried again within the invocation, with pauses", async () => {
  const throttled: Delivery = { kind: "later", at: 0, why: "Throttling" };
  const deliver = vi.fn<Deliver>().mockResolvedValueOnce(throttled).mockResolvedValueOnce(throttled);
  deliver.mockResolvedValue(sent);
  expect(await run(deliver, [recordOf(1)])).toEqual({ batchItemFailures: [] });
  expect(deliver).toHaveBeenCalledTimes(3);
});

test("INV-12 what cannot be sent in time is left to the stream, from the first such record on", async () => {
  const deliver = vi.fn<Deliver>(async (of) =>
    idIn(of) > invitationId(2) ? { kind: "later", at: Date.now(), why: "Throttling" } : sent,
  );
  const records = [1, 2, 3, 4, 5].map((number) => recordOf(number));
  expect(await run(deliver, records)).toEqual({ batchItemFailures: [{ itemIdentifier: "seq-3" }] });
});

test("INV-12 one mail that waits does not hold up the others", async () => {
  const deliver = vi.fn<Deliver>(async (of) =>
    idIn(of) === invitationId(0) ? { kind: "later", at: Date.now() + 60_000, why: "claimed" } : sent,
  );
  const records = Array.from({ length: 30 }, (_, number) => recordOf(number));
  expect(await run(deliver, records)).toEqual({ batchItemFailures: [{ itemIdentifier: "seq-0" }] });
  expect(new Set(deliver.mock.calls.map(([of]) => idIn(of))).size).toBe(30);
});

test("INV-12 an attempt that throws is a failure of its record alone", async () => {
  const deliver = vi.fn<Deliver>(async (of) => {
    if (idIn(of) === invitationId(2)) throw new Error("broken");
    return sent;
  });
  const answer = await run(
    deliver,
    [1, 2, 3].map((number) => recordOf(number)),
  );
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "seq-2" }] });
});

test("INV-12 without time for an attempt none is begun", async () => {
  const deliver = vi.fn<Deliver>();
  expect(await run(deliver, [recordOf(1)], 7_000)).toEqual({
    batchItemFailures: [{ itemIdentifier: "seq-1" }],
  });
  expect(deliver).not.toHaveBeenCalled();
});

test("INV-12 a mailer killed between claim and sent: its successor waits for the lease and sends", async () => {
  const world = mailWorld();
  const deliver: Deliver = () => {
    world.now = Date.now();
    return deliverInvitation(world.deps, { organizationId: ORG, invitationId: invitationId(1) });
  };
  world.deps = { ...world.deps, now: Date.now };
  world.answers = ["die-before"];
  void deliver({ organizationId: ORG, invitationId: invitationId(1) });
  await vi.advanceTimersByTimeAsync(100);
  expect(await run(deliver, [recordOf(1)])).toEqual({ batchItemFailures: [] });
  expect(world.mails).toHaveLength(1);
  expect(Date.parse(world.invitation?.mail?.sentAt ?? "")).toBeGreaterThanOrEqual(START + LEASE_MS);
});

test("INV-11 a refused mail is done with, and is an error in the log", async () => {
  const deliver = vi.fn<Deliver>().mockResolvedValue({ kind: "failed", code: "MessageRejected" });
  expect(await run(deliver, [recordOf(1)])).toEqual({ batchItemFailures: [] });
  expect(deliver).toHaveBeenCalledTimes(1);
  expect(logger.error).toHaveBeenCalledTimes(1);
});
