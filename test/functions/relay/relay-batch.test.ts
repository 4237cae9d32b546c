import { expect, test, vi } from "vitest";
import { logger } from "../../../functions/shell/logger.ts";
import { keys } from "../../../functions/table/keys.ts";
import { channel, GENERAL, guest, member, ORG, OTHER_ORG, SIDE, userId } from "../message/people.ts";
import {
  channelRecord,
  invitation,
  invitationRecord,
  lineRecord,
  liveRecord,
  memberRecord,
  messageRecord,
  organization,
  organizationRecord,
  personRecord,
  record,
} from "./records.ts";
import { setup } from "./setup.ts";

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

const share = { ...invitation, kind: "share", addressId: "adr_1", address: "a@example.com", shareRights: [] };

test.each([
  ["MINV-4 a new invitation", undefined, invitation, ["invitation.created"]],
  ["INV-8 a revoked one", invitation, { ...invitation, state: "revoked" }, ["invitation.updated"]],
  [
    "INV-11 a sent mail",
    invitation,
    { ...invitation, mail: { state: "sent", messageId: "1" } },
    ["invitation.updated"],
  ],
  [
    "INV-9 one that was sent anew",
    invitation,
    { ...invitation, resentAt: 1, secretHashes: new Set(["another-hash-of-the-secret"]) },
    ["invitation.updated"],
  ],
  ["SHR-6 a share's, not everybody's to know of,", undefined, share, []],
  ["SHR-6 a share's that was revoked", share, { ...share, state: "revoked" }, []],
  ["the mailer's claim", invitation, { ...invitation, mail: { state: "sending", leaseUntil: 1 } }, []],
])("%s is told to managers only, never with a secret", async (_what, before, after, expected) => {
  const { relay, received } = setup();
  await relay(invitationRecord(before, after));
  expect((received["a1"] ?? []).map(({ type }) => type)).toEqual(expected);
  // Not every manager may know of each of its channels (CH-5).
  expect(JSON.stringify(received["a1"] ?? [])).not.toContain("channelIds");
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
  directory.everybody.mockImplementation(async function* (org) {
    if (org === OTHER_ORG) throw new Error("throttled");
    yield [{ userId: userId("ann"), connectionIds: ["a1"], isGuest: false }];
  });
  const eve = member("eve", { organizationId: OTHER_ORG });
  const theirs = record(keys.member(OTHER_ORG, eve.userId), undefined, eve);
  const result = await relay(messageRecord(1), theirs, messageRecord(2));
  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: theirs.dynamodb.SequenceNumber }] });
  expect(received["a1"]).toHaveLength(2);
});

const message = (differing: object = {}) => ({
  messageId: "msg_4",
  authorKind: "member",
  authorId: userId("ann"),
  authorName: "Ann Lee",
  text: "hello",
  nonce: "n",
  createdAt: "2026-11-22T10:00:00.000Z",
  ...differing,
});
const pin = { pinnedBy: userId("gil"), pinnedAt: "2026-11-22T11:00:00.000Z" };

test.each([
  ["MSG-4 a message", undefined, message(), ["message.posted"]],
  ["MSG-12 what the system records", undefined, message({ authorKind: "system" }), ["message.posted"]],
  ["GST-1 a pin", message(), message(pin), ["message.pinned"]],
  ["MSG-7 a pin taken off", message(pin), message(), ["message.unpinned"]],
  ["MSG-6 a deletion", message(pin), message({ text: "", isDeleted: true }), ["message.deleted"]],
  ["nothing that is shown", message(), message(), []],
  ["MSG-5 a message that is cleared away", message(), undefined, []],
])("%s in a channel is told to those in it", async (_what, before, after, expected) => {
  const { relay, types, received } = setup();
  await relay(record(keys.message(ORG, SIDE, 4), before, after));
  expect([types("a1"), types("g1"), types("b1")]).toEqual([expected, expected, []]);
  expect(JSON.stringify(received["g1"] ?? [])).not.toContain('"nonce"');
  for (const event of received["g1"] ?? []) expect(event).toMatchObject({ channelId: SIDE, seq: 4 });
});

test("MSG-12 the intent behind a system message is nobody's to see", async () => {
  const { relay, received } = setup();
  await relay(record(keys.message(ORG, SIDE, 4), undefined, message({ authorKind: "system" })));
  expect(JSON.stringify(received)).not.toContain('"nonce"');
});

test.each([
  ["CH-10 somebody who came", 3, "comes", "channel.member.added", { kind: "guest", role: "member" }],
  ["CH-6 a new channel admin", 1, "moves", "channel.member.updated", { kind: "member", role: "admin" }],
] as const)("%s is told to those in the channel", async (_what, rank, change, type, standing) => {
  const { relay, received, side } = setup();
  side.push({ userId: userId("bob"), rank, joinedAt: "" });
  await relay(lineRecord(rank, userId("bob"), change));
  expect(received["g1"]).toEqual([{ type, channelId: SIDE, userId: userId("bob"), ...standing }]);
});

test("GST-16 who was taken out hears that, and from then on nothing of the channel", async () => {
  const { relay, types, side } = setup();
  side.pop();
  await relay(lineRecord(3, userId("gil"), "goes"), record(keys.message(ORG, SIDE, 5), undefined, message()));
  expect(types("g1")).toEqual(["channel.member.removed"]);
  expect(types("a1")).toEqual(["channel.member.removed", "message.posted"]);
});

test("GINV-4 a pending guest is nobody in the channel yet; CH-10 a line that moves is no removal", async () => {
  const { relay, received } = setup();
  await relay(
    lineRecord(4, invitation.invitationId, "comes"),
    lineRecord(4, invitation.invitationId, "goes"),
    lineRecord(2, userId("ann"), "goes"),
  );
  expect(received).toEqual({});
});

const open = channel("public");
const hidden = channel("private");
const archivedAt = "2026-11-22T10:00:00.000Z";

test.each([
  ["CH-5 a new public channel", undefined, open, ["channel.created"], ["channel.created"]],
  ["CH-5 a new private one", undefined, hidden, ["channel.created"], []],
  ["CH-4 another name", open, { ...open, name: "New" }, ["channel.updated"], ["channel.updated"]],
  ["CH-4 another name of a private one", hidden, { ...hidden, name: "New" }, ["channel.updated"], []],
  ["CH-6 a public one made private", open, hidden, ["channel.updated"], ["channel.deleted"]],
  ["CH-6 a private one made public", hidden, open, ["channel.updated"], ["channel.updated"]],
  ["CH-7 an archived one", hidden, { ...hidden, archivedAt }, ["channel.archived"], []],
  ["CH-7 a restored one", { ...open, archivedAt }, open, ["channel.restored"], ["channel.restored"]],
  ["CH-7 a deleted one", open, undefined, ["channel.deleted"], ["channel.deleted"]],
  ["CH-10 a mere figure", open, { ...open, members: 9, version: 2 }, [], []],
])("%s", async (_what, before, after, inIt, outside) => {
  const { relay, types, received } = setup();
  await relay(channelRecord(before, after));
  expect([types("a1"), types("g1"), types("b1")]).toEqual([inIt, inIt, outside]);
  expect(JSON.stringify(received)).not.toMatch(/memberCount|"me"/u);
});

const asMember = member("cyd");
const asGuest = guest("cyd");

test.each([
  ["GINV-5 a new guest", undefined, asGuest, ["guest.joined"], []],
  ["GINV-9 a guest who left", asGuest, undefined, ["guest.removed"], []],
  ["GINV-9 another number of channels", asGuest, guest("cyd", { channelCount: 2, version: 2 }), [], []],
  [
    "GINV-11 a member made a guest",
    asMember,
    asGuest,
    ["member.removed", "guest.joined"],
    ["member.removed"],
  ],
  ["GINV-11 a guest made a member", asGuest, asMember, ["guest.removed", "member.joined"], ["member.joined"]],
])(
  "%s is told to managers, members as such to all members, and nothing to guests",
  async (_what, before, after, managers, members) => {
    const { relay, types } = setup();
    await relay(personRecord(before, after));
    expect([types("a1"), types("b1"), types("g1")]).toEqual([managers, members, []]);
  },
);
