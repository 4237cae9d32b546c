import { expect, test, vi } from "vitest";
import { relayHandler } from "../../../functions/relay/create-handler.ts";
import { logger } from "../../../functions/shell/logger.ts";
import { keys } from "../../../functions/table/keys.ts";
import { GENERAL, member, NOW, ORG, OTHER_ORG, userId } from "../message/people.ts";
import {
  invitation,
  invitationRecord,
  liveRecord,
  memberRecord,
  messageRecord,
  organization,
  organizationRecord,
  record,
} from "./records.ts";

type Received = { type: string; [field: string]: unknown };

function setup() {
  const received: Record<string, Received[]> = {};
  const closed: string[] = [];
  const live = [
    { userId: userId("ann"), connectionIds: ["a1"] },
    { userId: userId("bob"), connectionIds: ["b1"] },
  ];
  const directory = {
    everybody: vi.fn(async (_org: string) => live),
    managers: vi.fn(async (_org: string) => live.slice(0, 1)),
    managerIds: vi.fn(async (_org: string) => [userId("ann")]),
    removeConnections: vi.fn(async () => undefined),
  };
  const handle = relayHandler({
    directory,
    connections: {
      async send(connectionId, frame) {
        received[connectionId] = [...(received[connectionId] ?? []), ...JSON.parse(frame).events];
        return "sent";
      },
      async close(connectionId) {
        closed.push(connectionId);
      },
    },
    now: () => NOW,
  });
  const relay = (...records: object[]) => handle({ Records: records });
  return { relay, received, closed, directory };
}

test("MSG-4 a committed message reaches every connected reader, with its nonce for the author alone", async () => {
  const { relay, received } = setup();
  expect(await relay(messageRecord(1))).toEqual({ batchItemFailures: [] });
  const event = { type: "message.posted", channelId: GENERAL, seq: 1 };
  expect(received["a1"]).toMatchObject([{ ...event, message: { seq: 1, text: "hello", nonce: "n" } }]);
  expect(received["b1"]).toMatchObject([{ ...event, message: { seq: 1, text: "hello" } }]);
  expect(received["b1"]?.[0]?.["message"]).not.toHaveProperty("nonce");
});

test("MSG-2 a tombstone tells readers that the place is taken by nothing", async () => {
  const { relay, received } = setup();
  const tombstone = {
    messageId: "msg_t",
    authorKind: "system",
    authorId: "system",
    authorName: "",
    text: "",
    createdAt: "2026-11-22T10:00:00.000Z",
    isDeleted: true,
  };
  await relay(record(keys.message(ORG, GENERAL, 4), undefined, tombstone));
  expect(received["b1"]).toMatchObject([{ type: "message.posted", seq: 4, message: { deleted: true } }]);
});

test("INV-17 a new member is told to everybody", async () => {
  const { relay, received } = setup();
  await relay(memberRecord("cyd", null, {}));
  expect(received["b1"]).toMatchObject([{ type: "member.joined", member: { userId: userId("cyd") } }]);
});

test.each([
  ["ORG-7 a new org role", {}, { orgRole: "administrator" }, ["member.updated"]],
  ["RGT-3 a new chat role", {}, { chatRole: "admin" }, ["member.updated"]],
  ["ORG-10 a deactivation", {}, { state: "deactivated" }, ["member.updated"]],
  ["ORG-10 a reactivation", { state: "deactivated" }, {}, ["member.updated"]],
  ["ORG-10 a removal", {}, null, ["member.removed"]],
  ["nothing that is shown", { version: 1 }, { version: 2 }, []],
] as const)("%s", async (_what, before, after, expected) => {
  const { relay, received } = setup();
  await relay(memberRecord("cyd", before, after));
  expect((received["b1"] ?? []).map(({ type }) => type)).toEqual(expected);
});

test.each([
  ["MINV-4 a new invitation", undefined, invitation, ["invitation.created"]],
  ["INV-8 a revoked one", invitation, { ...invitation, state: "revoked" }, ["invitation.updated"]],
  [
    "INV-11 a sent mail",
    invitation,
    { ...invitation, mail: { state: "sent", messageId: "1" } },
    ["invitation.updated"],
  ],
  ["the mailer's claim", invitation, { ...invitation, mail: { state: "sending", leaseUntil: 1 } }, []],
])("%s is told to managers only, never with a secret", async (_what, before, after, expected) => {
  const { relay, received } = setup();
  await relay(invitationRecord(before, after));
  expect((received["a1"] ?? []).map(({ type }) => type)).toEqual(expected);
  expect(received["b1"]).toBeUndefined();
  expect(JSON.stringify(received)).not.toContain("hash-of-the-secret");
});

test("SEAT-10 changed figures are told to managers; a new name is not a figure", async () => {
  const { relay, received } = setup();
  await relay(organizationRecord(organization, { ...organization, name: "Other" }));
  expect(received).toEqual({});
  await relay(organizationRecord(organization, { ...organization, seatsReserved: 1, seatsUsed: 2 }));
  expect(received["a1"]).toMatchObject([{ type: "usage.changed", usage: { seats: { reserved: 1 } } }]);
  expect(received["b1"]).toBeUndefined();
});

test("ORG-10 the connections of somebody removed hear that it is over, and are closed", async () => {
  const { relay, received, closed } = setup();
  const connected = { connections: new Set(["x1", "x2"]), expiresAt: 1_800_000_000 };
  await relay(liveRecord(connected, undefined));
  expect(received).toEqual({ x1: [{ type: "session.revoked" }], x2: [{ type: "session.revoked" }] });
  expect(closed.sort()).toEqual(["x1", "x2"]);
});

test("connections that merely came, went or expired are left alone", async () => {
  const { relay, received, closed } = setup();
  const connected = { connections: new Set(["x1"]), expiresAt: 1_800_000_000 };
  const empty = { expiresAt: 1_800_000_000 };
  await relay(
    liveRecord(undefined, connected),
    liveRecord(connected, empty),
    liveRecord(connected, undefined, "dynamodb.amazonaws.com"),
  );
  expect([received, closed]).toEqual([{}, []]);
});

test("nobody's concern is read by nobody", async () => {
  const { relay, directory } = setup();
  await relay(
    record(keys.channelHead(ORG, GENERAL), { seq: 1, nonces: {} }, { seq: 2, nonces: {} }),
    record(keys.audit(ORG, "aud_1"), undefined, { action: "x" }),
    record(keys.profile(userId("ann")), undefined, {}),
  );
  expect(directory.everybody).not.toHaveBeenCalled();
});

test("who is connected is read once for each organization of a batch", async () => {
  const { relay, directory } = setup();
  await relay(messageRecord(1), messageRecord(2), memberRecord("cyd", null, {}), messageRecord(3));
  expect(directory.everybody).toHaveBeenCalledExactlyOnceWith(ORG);
});

test("a record that cannot be read is logged and holds nobody up", async () => {
  const error = vi.spyOn(logger, "error").mockReturnValue();
  const { relay, received } = setup();
  const broken = record(keys.message(ORG, GENERAL, 1), undefined, { text: 7 });
  expect(await relay(broken, messageRecord(2))).toEqual({ batchItemFailures: [] });
  expect(received["b1"]).toMatchObject([{ seq: 2 }]);
  expect(error).toHaveBeenCalledOnce();
  expect(JSON.stringify(error.mock.calls)).not.toContain("hello");
});

test("a failing table fails the batch from its first record on, and nobody else's news", async () => {
  vi.spyOn(logger, "error").mockReturnValue();
  const { relay, directory, received } = setup();
  directory.everybody.mockImplementation(async (org) => {
    if (org === OTHER_ORG) throw new Error("throttled");
    return [{ userId: userId("ann"), connectionIds: ["a1"] }];
  });
  const eve = member("eve", { organizationId: OTHER_ORG });
  const theirs = record(keys.member(OTHER_ORG, eve.userId), undefined, eve);
  const result = await relay(messageRecord(1), theirs, messageRecord(2));
  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: theirs.dynamodb.SequenceNumber }] });
  expect(received["a1"]).toHaveLength(2);
});
