import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { inviteUseCases } from "../../../functions/invite/use-cases.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Member } from "../../../functions/table/members.ts";
import type { Organization } from "../../../functions/table/organizations.ts";
import { caller, personWith } from "../shell/caller.ts";
import { atNow } from "../table/at-now.ts";
import { storedChannel, storedRow } from "../table/channel-items.ts";
import {
  DAY_MS,
  guestInvitationOf,
  guestOf,
  INV,
  invitationOf,
  memberOf,
  NOW,
  ORG,
  organizationOf,
  stored,
} from "../table/items.ts";
import { type Item, mockedTable } from "../table/mocked-table.ts";
import { NO_LIMITS } from "./invite-world.ts";

const ada = personWith("ada@example.com");
const INVITE = "POST /v1/organizations/{org}/invitations";
const orgKey = `O#${ORG} / ORG`;
const ARCHIVED = { archivedAt: "2026-02-01T00:00:00.000Z" };

type Given = { me?: Partial<Member>; organization?: Partial<Organization>; items?: readonly Item[] };

/** Ada is a chat admin, in the private channel `chn_a`; `chn_b` is public, and she is not in it. */
function setup({ me = { chatRole: "admin" }, organization, items = [] }: Given = {}) {
  atNow();
  const mocked = mockedTable([
    stored.organization(organizationOf(organization)),
    stored.member(memberOf(ada.userId, { version: 3, ...me })),
    storedChannel({ channelId: "chn_a", type: "private" }),
    storedRow("chn_a", ada.userId),
    storedChannel({ channelId: "chn_b" }),
    ...items,
  ]);
  const deps = { table: mocked.table, pageBaseUrl: "https://app.example.com", mailLimits: NO_LIMITS };
  const call = caller(inviteUseCases(deps));
  const invite = async (body: object = {}) =>
    await call(INVITE, {
      as: ada,
      params: { org: ORG },
      body: {
        kind: "guest",
        invitees: [{ email: "gil@example.net" }],
        channelIds: ["chn_a", "chn_b"],
        ...body,
      },
    });
  return { ...mocked, call, invite };
}

const asGuest = (of: Parameters<typeof stored.address>[1]) => stored.address("gil@example.net", of, "guest");

test("GINV-2, GINV-4, SEAT-6 inviting is one transaction: the invitation, a place, a line on each channel", async () => {
  const { invite, transactions } = setup();
  const answer = await invite();
  expect(answer).toMatchObject({
    status: 200,
    body: {
      results: [{ status: "invited", invitation: { kind: "guest", channelIds: ["chn_a", "chn_b"] } }],
      summary: { invited: 1 },
    },
  });
  const { invitation } = answer.body.results[0];
  for (const field of ["orgRole", "chatRole", "rights", "groupIds"])
    expect(invitation).not.toHaveProperty(field);
  const [writes] = transactions();
  expect([...(writes?.keys() ?? [])].slice(0, -1)).toEqual([
    `O#${ORG}#INVITATIONS / INV#${invitation.id}`,
    `O#${ORG}#ADDRESSES / guest#gil@example.net`,
    orgKey,
    `O#${ORG}#CHANNEL#chn_a#PEOPLE / 4#${invitation.id}`,
    `O#${ORG}#CHANNEL#chn_b#PEOPLE / 4#${invitation.id}`,
    `O#${ORG}#MEMBERS / USER#${ada.userId}`,
  ]);
  expect(writes?.get(orgKey)?.Update).toMatchObject({
    ConditionExpression: expect.stringContaining("guestsUsed < limits.guests"),
    ExpressionAttributeValues: { ":pendingGuests": 1, ":guestsUsed": 1 },
  });
  expect(writes?.get(`O#${ORG}#INVITATIONS / INV#${invitation.id}`)?.Put?.Item).toMatchObject({
    kind: "guest",
    gsi1pk: `O#${ORG}#PENDING#guest`,
    endsAt: NOW + 7 * DAY_MS,
  });
  const check = writes?.get(`O#${ORG}#MEMBERS / USER#${ada.userId}`)?.ConditionCheck;
  expect(check?.ExpressionAttributeValues).toEqual({ ":version": 3 });
});

test.each([
  [{ orgRole: "user" }, "orgRole"],
  [{ chatRole: "user" }, "chatRole"],
  [{ rights: {} }, "rights"],
  [{ groupIds: [] }, "groupIds"],
  [{ channelIds: [] }, "channelIds"],
  [{ channelIds: Array.from({ length: 21 }, (_, index) => `chn_${index}`) }, "channelIds"],
  [{ guestEndsAt: "tomorrow" }, "guestEndsAt"],
  [{ guestEndsAt: "9999-12-31T23:30:00-14:00" }, "guestEndsAt"],
  [{ guestEndsAt: "2026-03-01T10:00:00.000Z" }, "guestEndsAt"],
])("GST-13, GINV-2, GINV-10 a guest's invitation with %j is a 400 that names %s", async (change, path) => {
  const { invite, transactions } = setup();
  const answer = await invite(change);
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toEqual([expect.objectContaining({ path })]);
  expect(transactions()).toEqual([]);
});

test("GINV-1 whoever is no chat admin invites no guest, whatever their org role", async () => {
  for (const orgRole of ["legal_representative", "administrator", "user"] as const) {
    const { invite, transactions } = setup({ me: { orgRole } });
    expect(await invite()).toMatchObject({ status: 403, body: { code: "not-chat-admin" } });
    expect(transactions()).toEqual([]);
  }
});

test.each([
  ["one that is not there", [], 404, "not-found"],
  [
    "a private one that the sender is not in",
    [storedChannel({ channelId: "chn_x", type: "private" })],
    404,
    "not-found",
  ],
  ["an archived one", [storedChannel({ channelId: "chn_x", ...ARCHIVED })], 409, "channel-archived"],
  [
    "a conversation",
    [storedChannel({ channelId: "chn_x", type: "group" }), storedRow("chn_x", ada.userId)],
    409,
    "channel-not-shareable",
  ],
])("GINV-2 %s refuses the whole request, and is named", async (_, items, status, code) => {
  const { invite, transactions } = setup({ items });
  expect(await invite({ channelIds: ["chn_a", "chn_x"] })).toMatchObject({
    status,
    body: { code, rule: "GINV-2", channelId: "chn_x" },
  });
  expect(transactions()).toEqual([]);
});

test("SEAT-6, SEAT-8 pending guests count against the limit, and the quota is named with its figures", async () => {
  const limits = { ...organizationOf().limits, guests: 5 };
  const { invite, transactions } = setup({
    organization: { limits, guests: 3, pendingGuests: 2, guestsUsed: 5 },
  });
  expect((await invite()).body.results[0]).toMatchObject({
    status: "quota-exceeded",
    problem: { rule: "SEAT-6", quota: "guests", limit: 5, used: 5 },
  });
  expect(transactions()).toEqual([]);
});

test("SEAT-6 at the limit, pending guests past their date make room first, with no sweep run", async () => {
  const limits = { ...organizationOf().limits, guests: 1 };
  const { invite, transactions } = setup({
    organization: { limits, pendingGuests: 1, guestsUsed: 1 },
    items: [
      stored.invitation(
        guestInvitationOf({ addressKey: "old@example.net", channelIds: ["chn_b"], endsAt: NOW }),
      ),
    ],
  });
  await invite();
  const [writes] = transactions();
  expect([...(writes?.keys() ?? [])].slice(0, -1)).toEqual([
    `O#${ORG}#INVITATIONS / INV#${INV}`,
    `O#${ORG}#ADDRESSES / guest#old@example.net`,
    orgKey,
    `O#${ORG}#CHANNEL#chn_b#PEOPLE / 4#${INV}`,
  ]);
  expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).toMatchObject({ ":pendingGuests": -1 });
});

test("GINV-7 a member is not invited as a guest", async () => {
  const { invite, transactions } = setup({
    items: [stored.address("gil@example.net", { userId: "usr_gil" })],
  });
  expect((await invite()).body.results[0]).toMatchObject({
    status: "already-member",
    problem: { rule: "GINV-7" },
  });
  expect(transactions()).toEqual([]);
});

test("MINV-7 a pending guest is not invited twice; somebody invited as a member may be invited as a guest", async () => {
  const pending = [asGuest({ invitationId: INV }), stored.invitation(guestInvitationOf())];
  expect((await setup({ items: pending }).invite()).body.results[0]).toMatchObject({
    status: "already-invited",
    invitation: { id: INV, kind: "guest" },
  });
  const other = [stored.address("gil@example.net", { invitationId: INV }), stored.invitation(invitationOf())];
  expect((await setup({ items: other }).invite()).body.results[0].status).toBe("invited");
});

test("GINV-6 a guest is added to the channels they lack at once, without an invitation", async () => {
  const guest = guestOf("usr_gil", { version: 4 });
  const { invite, transactions } = setup({
    items: [
      asGuest({ userId: "usr_gil" }),
      ...stored.guest(guest),
      storedRow("chn_a", "usr_gil", { kind: "guest" }),
    ],
  });
  const { body } = await invite();
  expect(body).toMatchObject({
    results: [{ status: "added", channelIds: ["chn_b"] }],
    summary: { added: 1, invited: 0 },
  });
  const [writes] = transactions();
  expect(writes?.get(`O#${ORG}#PERSON#usr_gil / CHANNEL#chn_b`)?.Update).toMatchObject({
    ConditionExpression: "attribute_not_exists(#role)",
    ExpressionAttributeValues: { ":kind": "guest", ":role": "member" },
  });
  expect(writes?.get(`O#${ORG}#CHANNELS / CHANNEL#chn_b`)?.Update).toMatchObject({
    ConditionExpression: expect.stringContaining("attribute_not_exists(archivedAt)"),
    ExpressionAttributeValues: { ":guests": 1 },
  });
  expect(writes?.get(`O#${ORG}#MEMBERS / USER#usr_gil`)?.Update?.ExpressionAttributeValues).toMatchObject({
    ":channels": 1,
    ":version": 4,
  });
  expect(writes?.has(orgKey)).toBe(false);
  const kept = [...(writes?.values() ?? [])].map((write) => write.Put?.Item);
  expect(kept).toContainEqual(
    expect.objectContaining({
      facts: {
        kind: "announce",
        channelId: "chn_b",
        actorName: "Ada Byron",
        system: { kind: "added", actorId: ada.userId, userIds: ["usr_gil"] },
      },
    }),
  );
  expect(kept).toContainEqual(expect.objectContaining({ action: "guest.channels-added" }));
});

test("GINV-6 a guest who lacks none is already-member, and nothing is written", async () => {
  const { invite, transactions } = setup({
    items: [
      asGuest({ userId: "usr_gil" }),
      ...stored.guest(guestOf("usr_gil")),
      storedRow("chn_a", "usr_gil", { kind: "guest" }),
    ],
  });
  expect((await invite({ channelIds: ["chn_a"] })).body.results[0]).toMatchObject({
    status: "already-member",
    problem: { rule: "GINV-6" },
  });
  expect(transactions()).toEqual([]);
});

test("GINV-10 who was a guest, and is past their end, is invited as anybody is", async () => {
  const over = guestOf("usr_gil", { endsAt: NOW });
  const { invite, client, transactions } = setup({
    items: [asGuest({ userId: "usr_gil" }), ...stored.guest(over)],
  });
  let reads = 0;
  client.on(GetCommand, { Key: keys.address(ORG, "guest", "gil@example.net") }).callsFake(() => {
    reads += 1;
    return reads === 1 ? { Item: asGuest({ userId: "usr_gil" }) } : {};
  });
  expect((await invite()).body.results[0].status).toBe("invited");
  expect(transactions()[0]?.get(`O#${ORG}#MEMBERS / USER#usr_gil`)?.Delete).toBeDefined();
});

test("GINV-10 a guest's invitation carries the end of their access, and does not outlive it", async () => {
  const { invite, transactions } = setup();
  const guestEndsAt = "2026-03-03T10:00:00.000Z";
  const { invitation } = (await invite({ guestEndsAt })).body.results[0];
  expect(invitation).toMatchObject({ guestEndsAt, expiresAt: guestEndsAt });
  const [item] = [...(transactions()[0]?.values() ?? [])].map((write) => write.Put?.Item);
  expect(item).toMatchObject({ guestEndsAt: NOW + 2 * DAY_MS, endsAt: NOW + 2 * DAY_MS });
});

test("GINV-8 revoking takes the guest off every channel and frees their place", async () => {
  const { call, transactions } = setup({
    items: [stored.invitation(guestInvitationOf({ channelIds: ["chn_a", "chn_b"] }))],
  });
  const revoked = await call(`DELETE /v1/organizations/{org}/invitations/{inv}`, {
    as: ada,
    params: { org: ORG, inv: INV },
  });
  expect(revoked.status).toBe(204);
  const [writes] = transactions();
  for (const channelId of ["chn_a", "chn_b"])
    expect(writes?.get(`O#${ORG}#CHANNEL#${channelId}#PEOPLE / 4#${INV}`)?.Delete).toBeDefined();
  expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).toEqual({
    ":pendingGuests": -1,
    ":guestsUsed": -1,
  });
});

test("GINV-4, INV-11 pending invitations of every kind are listed page by page, members' first", async () => {
  const id = (digit: string) => `inv_${"0".repeat(25)}${digit}`;
  const { call } = setup({
    items: [
      stored.invitation(guestInvitationOf({ invitationId: id("1"), channelIds: ["chn_b"] })),
      stored.invitation(invitationOf({ invitationId: id("2") })),
      stored.invitation(guestInvitationOf({ invitationId: id("3"), endsAt: NOW })),
    ],
  });
  const list = async (query: Record<string, string>) =>
    (await call("GET /v1/organizations/{org}/invitations", { as: ada, params: { org: ORG }, query })).body;
  const ids = async (query: Record<string, string>) =>
    (await list(query)).items.map((found: { id: string }) => found.id);
  expect(await ids({ state: "pending" })).toEqual([id("2"), id("1")]);
  expect(await ids({ state: "pending", kind: "guest" })).toEqual([id("1")]);
  expect(await ids({ state: "pending", kind: "member" })).toEqual([id("2")]);
  expect(await ids({ kind: "guest", channelId: "chn_b" })).toEqual([id("1")]);
  const first = await list({ state: "pending", limit: "1" });
  expect(first.items).toHaveLength(1);
  const { items, nextCursor } = await list({ state: "pending", limit: "1", cursor: first.nextCursor });
  expect([items.map((found: { id: string }) => found.id), nextCursor]).toEqual([[id("1")], null]);
});
