import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { acceptUseCases } from "../../../functions/accept/use-cases.ts";
import type { GuestInvitation } from "../../../functions/table/invitations.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Member } from "../../../functions/table/members.ts";
import type { Organization } from "../../../functions/table/organizations.ts";
import { caller, personWith, type TestPerson } from "../shell/caller.ts";
import { atNow } from "../table/at-now.ts";
import { storedChannel, storedRow } from "../table/channel-items.ts";
import {
  DAY_MS,
  guestInvitationOf,
  guestOf,
  INV,
  memberOf,
  NOW,
  ORG,
  organizationOf,
  SECRET,
  stored,
} from "../table/items.ts";
import { type Item, mockedTable } from "../table/mocked-table.ts";

const bob = personWith("bob@example.com");
const eve = personWith("eve@example.com");
const REGISTERED = { profile: { firstName: "Bob", lastName: "Low" }, termsVersion: "1" };
const ARCHIVED = { archivedAt: "2026-02-01T00:00:00.000Z" };
const orgKey = `O#${ORG} / ORG`;

type Given = {
  invitation?: Partial<GuestInvitation>;
  organization?: Partial<Organization>;
  sender?: Partial<Member> | null;
  items?: readonly Item[];
};

/** Bob is invited into `chn_a`, `chn_b` and, as it was there, `chn_gone`. */
function setup({ invitation, organization, sender = {}, items = [] }: Given = {}) {
  atNow();
  const channelIds = ["chn_a", "chn_b", "chn_gone"];
  const mocked = mockedTable([
    stored.organization(organizationOf({ pendingGuests: 1, guestsUsed: 1, ...organization })),
    ...(sender === null ? [] : [stored.member(memberOf("usr_sender", { chatRole: "admin", ...sender }))]),
    stored.invitation(guestInvitationOf({ channelIds, ...invitation })),
    stored.address("bob@example.com", { invitationId: INV }, "guest"),
    storedChannel({ channelId: "chn_a", type: "private" }),
    storedChannel({ channelId: "chn_b" }),
    { ...keys.channelHead(ORG, "chn_b"), seq: 40, nonces: {} },
    ...items,
  ]);
  const call = caller(acceptUseCases(mocked.table));
  const accept = async (as: TestPerson = bob) =>
    await call("POST /v1/invitations/accept", { as, body: { token: SECRET, ...REGISTERED } });
  const decline = async () =>
    await call("POST /v1/invitations/decline", { as: bob, body: { token: SECRET } });
  const preview = async () => await call("POST /v1/invitations/preview", { body: { token: SECRET } });
  return { ...mocked, accept, decline, preview };
}

test("GINV-3, GINV-8 the preview says guest, and names the channels that are still there", async () => {
  const { preview, transactions } = setup({
    invitation: { channelIds: ["chn_b", "chn_a", "chn_archived", "chn_gone"], guestEndsAt: NOW + DAY_MS },
    items: [storedChannel({ channelId: "chn_archived", ...ARCHIVED })],
  });
  const { status, body } = await preview();
  expect(status).toBe(200);
  expect(body).toMatchObject({
    kind: "guest",
    channels: [
      { id: "chn_b", name: "The b" },
      { id: "chn_a", name: "The a" },
    ],
    guestEndsAt: "2026-03-02T10:00:00.000Z",
    requires: { profile: true, terms: "1", strict: true },
  });
  for (const field of ["orgRole", "chatRole", "rights"]) expect(body).not.toHaveProperty(field);
  expect(transactions()).toEqual([]);
});

test("INV-15 what is over names no channel any more", async () => {
  const { status, body } = await setup({ invitation: { state: "revoked" } }).preview();
  expect(status).toBe(410);
  expect(body).not.toHaveProperty("channels");
});

test("GINV-5, SEAT-6 accepting makes a guest of exactly those channels, in one transaction, and of no seat", async () => {
  const { accept, transactions } = setup({ invitation: { guestEndsAt: NOW + 5 * DAY_MS } });
  const answer = await accept();
  expect(answer).toMatchObject({
    status: 200,
    body: { organizationId: ORG, userId: bob.userId, kind: "guest", channelIds: ["chn_a", "chn_b"] },
  });
  for (const field of ["orgRole", "chatRole"]) expect(answer.body).not.toHaveProperty(field);
  const [writes] = transactions();
  expect(writes?.get(`O#${ORG}#INVITATIONS / INV#${INV}`)?.Update?.ExpressionAttributeValues).toMatchObject({
    ":state": "accepted",
    ":acceptedBy": bob.userId,
    ":given": ["chn_a", "chn_b"],
  });
  expect(writes?.get(orgKey)?.Update).toMatchObject({
    ConditionExpression: expect.stringContaining("guests < limits.guests"),
    ExpressionAttributeValues: { ":guests": 1, ":pendingGuests": -1 },
  });
  expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).not.toHaveProperty(":seatsHeld");
  expect(writes?.get(`O#${ORG}#MEMBERS / USER#${bob.userId}`)?.Put?.Item).toMatchObject({
    kind: "guest",
    email: "bob@example.com",
    firstName: "Bob",
    channelCount: 2,
    addressKeys: ["bob@example.com"],
    endsAt: NOW + 5 * DAY_MS,
    invitedBy: { userId: "usr_sender" },
  });
  for (const channelId of ["chn_a", "chn_b"]) {
    // MSG-11: what was said before is not unread.
    const row = writes?.get(`O#${ORG}#PERSON#${bob.userId} / CHANNEL#${channelId}`)?.Update;
    expect(row?.ExpressionAttributeValues).toMatchObject({ ":readTo": channelId === "chn_b" ? 40 : 0 });
    expect(writes?.get(`O#${ORG}#CHANNEL#${channelId}#PEOPLE / 3#${bob.userId}`)?.Put).toBeDefined();
    expect(writes?.get(`O#${ORG}#CHANNEL#${channelId}#PEOPLE / 4#${INV}`)?.Delete).toBeDefined();
    expect(
      writes?.get(`O#${ORG}#CHANNELS / CHANNEL#${channelId}`)?.Update?.ExpressionAttributeValues,
    ).toMatchObject({ ":guests": 1, ":members": 0 });
  }
  expect(writes?.has(`O#${ORG}#CHANNELS / CHANNEL#chn_gone`)).toBe(false);
  expect(writes?.get(`O#${ORG}#CHANNEL#chn_gone#PEOPLE / 4#${INV}`)?.Delete).toBeDefined();
  const kept = [...(writes?.values() ?? [])].map((write) => write.Put?.Item);
  expect(kept).toContainEqual(
    expect.objectContaining({
      facts: expect.objectContaining({ system: { kind: "joined", actorId: bob.userId } }),
    }),
  );
});

test("GINV-8 where no channel is left it is refused, and the invitation stays", async () => {
  const { accept, transactions } = setup({
    invitation: { channelIds: ["chn_archived", "chn_gone"] },
    items: [storedChannel({ channelId: "chn_archived", ...ARCHIVED })],
  });
  expect(await accept()).toMatchObject({
    status: 409,
    body: { code: "channel-unavailable", rule: "GINV-8" },
  });
  expect(transactions()).toEqual([]);
});

test("GINV-8 a channel archived at the same time makes the write fail, and drops out", async () => {
  const late = storedChannel({ channelId: "chn_late" });
  const { accept, refuse, transactions } = setup({
    invitation: { channelIds: ["chn_a", "chn_late"] },
    items: [late],
  });
  refuse(keys.channel(ORG, "chn_late"), 1, undefined, () => Object.assign(late, ARCHIVED));
  expect(await accept()).toMatchObject({ status: 200, body: { channelIds: ["chn_a"] } });
  expect(transactions()[1]?.has(`O#${ORG}#CHANNELS / CHANNEL#chn_late`)).toBe(false);
});

test("INV-5 the same person repeating it gets the same channels, and writes nothing", async () => {
  const { accept, transactions } = setup({
    invitation: { state: "accepted", acceptedBy: bob.userId, givenChannelIds: ["chn_b"] },
    items: stored.guest(guestOf(bob.userId)),
  });
  expect(await accept()).toMatchObject({ status: 200, body: { kind: "guest", channelIds: ["chn_b"] } });
  expect(transactions()).toEqual([]);
});

test("INV-6 another address than the invited one is a mismatch", async () => {
  const { accept, transactions } = setup();
  expect(await accept(eve)).toMatchObject({ status: 403, body: { code: "recipient-mismatch" } });
  expect(transactions()).toEqual([]);
});

test("GINV-7 a member is not made a guest by a link", async () => {
  const { accept, transactions } = setup({ items: [stored.member(memberOf(bob.userId))] });
  expect(await accept()).toMatchObject({ status: 409, body: { code: "already-member", rule: "GINV-7" } });
  expect(transactions()).toEqual([]);
});

test("SEAT-6 over a lowered limit of guests it is refused with the figures, and stays pending", async () => {
  const limits = { ...organizationOf().limits, guests: 2 };
  const { accept, transactions } = setup({ organization: { limits, guests: 2, guestsUsed: 3 } });
  expect(await accept()).toMatchObject({
    status: 409,
    body: { code: "quota-exceeded", rule: "SEAT-6", quota: "guests", limit: 2, used: 2 },
  });
  expect(transactions()).toEqual([]);
});

test("INV-14 a sender who may no longer invite leaves a revoked invitation, off all its channels", async () => {
  const { accept, transactions } = setup({ sender: { chatRole: "user" } });
  expect(await accept()).toMatchObject({ status: 410, body: { rule: "INV-14" } });
  const [writes] = transactions();
  expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).toMatchObject({ ":pendingGuests": -1 });
  expect(writes?.get(`O#${ORG}#CHANNEL#chn_a#PEOPLE / 4#${INV}`)?.Delete).toBeDefined();
});

test("INV-14, MINV-8 so does whoever has chosen its channels since, once they are no chat admin", async () => {
  const { accept, transactions } = setup({
    invitation: { grantedBy: "usr_editor" },
    items: [stored.member(memberOf("usr_editor", { chatRole: "user" }))],
  });
  expect(await accept()).toMatchObject({ status: 410, body: { rule: "INV-14" } });
  expect(transactions()).toHaveLength(1);
  const edited = setup({
    invitation: { grantedBy: "usr_editor" },
    items: [stored.member(memberOf("usr_editor", { chatRole: "admin" }))],
  });
  expect((await edited.accept()).status).toBe(200);
  expect(edited.transactions()[0]?.get(`O#${ORG}#MEMBERS / USER#usr_editor`)?.ConditionCheck).toBeDefined();
});

test("GINV-6 who is a guest already comes into the channels they lack, and takes no second place", async () => {
  const guest = guestOf(eve.userId, { version: 4, addressKeys: ["eve@example.com"] });
  const { accept, transactions } = setup({
    invitation: { strict: false },
    items: [
      ...stored.guest(guest),
      stored.address("eve@example.com", { userId: eve.userId }, "guest"),
      storedRow("chn_a", eve.userId, { kind: "guest" }),
    ],
  });
  expect(await accept(eve)).toMatchObject({ status: 200, body: { channelIds: ["chn_a", "chn_b"] } });
  const [writes] = transactions();
  expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).toEqual({
    ":pendingGuests": -1,
    ":guestsUsed": -1,
  });
  expect(
    writes?.get(`O#${ORG}#MEMBERS / USER#${eve.userId}`)?.Update?.ExpressionAttributeValues,
  ).toMatchObject({ ":channels": 1, ":keys": ["bob@example.com"], ":version": 4 });
  expect(writes?.has(`O#${ORG}#PERSON#${eve.userId} / CHANNEL#chn_a`)).toBe(false);
});

test("INV-19 the login's own guest invitation is closed with it, on all its channels", async () => {
  const other = guestInvitationOf({
    invitationId: `inv_${"0".repeat(25)}8`,
    addressKey: "eve@example.com",
    channelIds: ["chn_b"],
  });
  const { accept, transactions } = setup({
    invitation: { strict: false },
    items: [
      stored.invitation(other),
      stored.address("eve@example.com", { invitationId: other.invitationId }, "guest"),
    ],
  });
  expect((await accept(eve)).status).toBe(200);
  const [writes] = transactions();
  expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).toMatchObject({
    ":guests": 1,
    ":pendingGuests": -2,
  });
  expect(writes?.get(`O#${ORG}#CHANNEL#chn_b#PEOPLE / 4#${other.invitationId}`)?.Delete).toBeDefined();
  expect(writes?.get(`O#${ORG}#MEMBERS / USER#${eve.userId}`)?.Put?.Item).toMatchObject({
    addressKeys: ["bob@example.com", "eve@example.com"],
  });
});

test("INV-19 two invitations into twenty channels each are more than one transaction: the other is closed first", async () => {
  const channelIds = Array.from({ length: 20 }, (_, index) => `chn_${index}`);
  const other = guestInvitationOf({
    invitationId: `inv_${"0".repeat(25)}8`,
    addressKey: "eve@example.com",
    channelIds,
  });
  const { accept, client, transactions } = setup({
    invitation: { strict: false, channelIds },
    items: [stored.invitation(other), ...channelIds.map((channelId) => storedChannel({ channelId }))],
  });
  let reads = 0;
  client.on(GetCommand, { Key: keys.address(ORG, "guest", "eve@example.com") }).callsFake(() => {
    reads += 1;
    const Item = stored.address("eve@example.com", { invitationId: other.invitationId }, "guest");
    return reads === 1 ? { Item } : {};
  });
  expect((await accept(eve)).body.channelIds).toHaveLength(20);
  const [closing, accepting] = transactions();
  expect(closing?.size).toBe(24);
  expect(accepting?.size).toBeLessThanOrEqual(100);
});

test("GINV-10 an access that is over is removed first, and the guest begins anew", async () => {
  const over = guestOf(bob.userId, { endsAt: NOW });
  const { accept, client, transactions } = setup({ items: stored.guest(over).slice(1) });
  let reads = 0;
  client.on(GetCommand, { Key: keys.member(ORG, bob.userId) }).callsFake(() => {
    reads += 1;
    return reads === 1 ? { Item: stored.guest(over)[0] } : {};
  });
  expect((await accept()).status).toBe(200);
  expect(transactions()[0]?.get(`O#${ORG}#MEMBERS / USER#${bob.userId}`)?.Delete).toBeDefined();
});

test("INV-8, GINV-8 declining frees the place and takes the guest off every channel", async () => {
  const { decline, transactions } = setup();
  expect(await decline()).toMatchObject({ status: 200, body: { state: "declined" } });
  const [writes] = transactions();
  expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).toMatchObject({ ":pendingGuests": -1 });
  for (const channelId of ["chn_a", "chn_b", "chn_gone"])
    expect(writes?.get(`O#${ORG}#CHANNEL#${channelId}#PEOPLE / 4#${INV}`)?.Delete).toBeDefined();
});
