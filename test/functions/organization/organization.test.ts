import { QueryCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import "aws-sdk-client-mock-vitest/extend";
import { expect, test } from "vitest";
import { organizationUseCases } from "../../../functions/organization/use-cases.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Member } from "../../../functions/table/members.ts";
import type { Organization } from "../../../functions/table/organizations.ts";
import { caller, personWith } from "../shell/caller.ts";
import { atNow } from "../table/at-now.ts";
import { invitationOf, memberOf, NOW, ORG, organizationOf, stored } from "../table/items.ts";
import { type Item, keyOf, mockedTable } from "../table/mocked-table.ts";
import { gil, guestItems, guestOf, setup as world } from "./world.ts";

const ada = personWith("Ada@example.com", { given_name: "Ada", family_name: "Byron" });
const OTHER = `org_${"0".repeat(25)}9`;

function setup(
  given: { me?: Partial<Member> | null; organization?: Partial<Organization>; items?: Item[] } = {},
) {
  atNow();
  const { me = {}, organization, items = [] } = given;
  const mocked = mockedTable([
    stored.organization(organizationOf(organization)),
    ...(me === null ? [] : [stored.member(memberOf(ada.userId, me))]),
    ...items,
  ]);
  return { ...mocked, call: caller(organizationUseCases(mocked.table)) };
}

const manager = { orgRole: "administrator" } as const;
const params = { org: ORG };

test("ORG-9, SEAT-1, CH-1 the creator is legal representative, chat admin and in General, with the first seat", async () => {
  const { call, transactions } = setup();
  const answer = await call("POST /v1/organizations", { as: ada, body: { name: " Acme " } });
  expect(answer).toMatchObject({
    status: 201,
    headers: { etag: '"1"' },
    body: { name: "Acme", plan: "standard", limits: { seats: 250, historyDays: null }, settings: {} },
  });
  const org: string = answer.body.id;
  const [writes] = transactions();
  expect([...(writes?.keys() ?? [])].slice(0, 8)).toEqual([
    `O#${org} / ORG`,
    `O#${org}#MEMBERS / USER#${ada.userId}`,
    `O#${org}#DIRECTORY / M#byron ada#${ada.userId}`,
    `O#${org}#MANAGERS / USER#${ada.userId}`,
    `O#${org}#ADDRESSES / member#ada@example.com`,
    expect.stringMatching(/^L#[0-9a-f]{64} \/ LOGIN$/u),
    `O#${org}#CHANNELS / CHANNEL#${org.replace("org_", "chn_")}`,
    `O#${org}#CHANNEL#${org.replace("org_", "chn_")} / HEAD`,
  ]);
  expect(writes?.get(`O#${org} / ORG`)?.Put?.Item).toMatchObject({
    seatsHeld: 1,
    seatsReserved: 0,
    seatsUsed: 1,
    legalRepresentatives: 1,
  });
  expect(writes?.get(`O#${org}#MEMBERS / USER#${ada.userId}`)?.Put?.Item).toMatchObject({
    orgRole: "legal_representative",
    chatRole: "admin",
    firstName: "Ada",
    lastName: "Byron",
  });
  expect(writes?.get(`O#${org}#CHANNELS / CHANNEL#${org.replace("org_", "chn_")}`)?.Put?.Item).toMatchObject({
    name: "General",
    isGeneral: true,
  });
});

test("ORG-9 an address that is not verified is nobody's", async () => {
  const { call, transactions } = setup();
  const as = personWith("ada@example.com", { email_verified: "false" });
  expect((await call("POST /v1/organizations", { as, body: { name: "Acme" } })).status).toBe(201);
  expect([...(transactions()[0]?.keys() ?? [])].filter((key) => /#ADDRESSES|^L#/u.test(key))).toEqual([]);
});

test("SEAT-7 each limit may be set, 0 and none included; a founder needs a seat (SEAT-9)", async () => {
  const { call, client } = setup();
  const create = async (limits: object) =>
    await call("POST /v1/organizations", { as: ada, body: { name: "Acme", plan: "essential", limits } });
  expect((await create({ seats: null, guests: 0 })).body.limits).toEqual({
    seats: null,
    guests: 0,
    publicChannels: 50,
    privateChannels: 50,
    historyDays: 90,
  });
  expect(await create({ seats: 0 })).toMatchObject({
    status: 409,
    body: { code: "quota-exceeded", rule: "SEAT-9", quota: "seats", limit: 0, used: 0 },
  });
  expect(client).toHaveReceivedCommandTimes(TransactWriteCommand, 1);
});

test("ORG-8 my organizations are those where I am active, with my roles, page by page", async () => {
  const { call } = setup({
    me: { chatRole: "admin" },
    items: [
      stored.organization(organizationOf({ organizationId: OTHER, name: "Beta" })),
      stored.member(memberOf(ada.userId, { organizationId: OTHER, orgRole: "administrator" })),
      stored.member(memberOf(ada.userId, { organizationId: `org_${"0".repeat(25)}8`, state: "deactivated" })),
    ],
  });
  const first = await call("GET /v1/me/organizations", { as: ada, query: { limit: "1" } });
  expect(first.body.items).toMatchObject([{ id: ORG, me: { orgRole: "user", chatRole: "admin" } }]);
  const cursor: string = first.body.nextCursor;
  const second = await call("GET /v1/me/organizations", { as: ada, query: { limit: "1", cursor } });
  expect(second.body).toMatchObject({
    items: [{ id: OTHER, name: "Beta", me: { orgRole: "administrator", chatRole: "user" } }],
    nextCursor: null,
  });
});

test("ORG-8 an organization is read by its members, with its version", async () => {
  const { call } = setup();
  expect(await call("GET /v1/organizations/{org}", { as: ada, params })).toMatchObject({
    status: 200,
    headers: { etag: '"4"' },
    body: { id: ORG, name: "Acme" },
  });
});

test.each([
  ["GET", "/v1/organizations/{org}"],
  ["PATCH", "/v1/organizations/{org}"],
  ["GET", "/v1/organizations/{org}/usage"],
  ["GET", "/v1/organizations/{org}/audit"],
])("INV-15 %s %s is 404 to an outsider and 403 to somebody deactivated", async (method, path) => {
  const request = { as: ada, params, ...(method === "PATCH" ? { body: { name: "Mine" } } : {}) };
  expect(await setup({ me: null }).call(`${method} ${path}`, request)).toMatchObject({
    status: 404,
    body: { code: "not-found" },
  });
  const off = setup({ me: { ...manager, state: "deactivated" } });
  expect(await off.call(`${method} ${path}`, request)).toMatchObject({
    status: 403,
    body: { code: "member-deactivated", rule: "ORG-10" },
  });
  expect(off.transactions()).toEqual([]);
});

test("ORG-3, ORG-4 settings and limits are changed by org managers only", async () => {
  const body = { name: "Beta", settings: { memberInvitationDays: 3 } };
  const { call, transactions } = setup({ me: manager });
  expect(await call("PATCH /v1/organizations/{org}", { as: ada, params, body })).toMatchObject({
    status: 200,
    headers: { etag: '"5"' },
    body: {
      name: "Beta",
      settings: { memberInvitationDays: 3, guestInvitationDays: 7, termsVersion: "1" },
    },
  });
  const [writes] = transactions();
  expect([...(writes?.values() ?? [])].map(keyOf).slice(0, 2)).toEqual([
    `O#${ORG} / ORG`,
    `O#${ORG}#MEMBERS / USER#${ada.userId}`,
  ]);
  const admin = setup({ me: { chatRole: "admin" } });
  expect(await admin.call("PATCH /v1/organizations/{org}", { as: ada, params, body })).toMatchObject({
    status: 403,
    body: { code: "not-org-manager", rule: "ORG-4" },
  });
});

test("SEAT-5 a limit may be lowered below usage; nobody is put out", async () => {
  const { call, transactions } = setup({ me: manager, organization: { seatsHeld: 3, seatsUsed: 3 } });
  const body = { limits: { seats: 1 } };
  const answer = await call("PATCH /v1/organizations/{org}", { as: ada, params, body });
  expect(answer.body.limits.seats).toBe(1);
  const update = transactions()[0]?.get(`O#${ORG} / ORG`)?.Update;
  expect(update?.UpdateExpression).not.toContain("seatsHeld");
});

test("SEAT-7 another plan brings its own limits, those given on top; the same plan keeps what was set", async () => {
  const { call } = setup({ me: manager });
  const patch = async (body: object) =>
    (await call("PATCH /v1/organizations/{org}", { as: ada, params, body })).body.limits;
  expect(await patch({ plan: "essential", limits: { guests: 5 } })).toMatchObject({ seats: 25, guests: 5 });
  expect(await patch({ plan: "standard", limits: { guests: 5 } })).toMatchObject({ seats: 3, guests: 5 });
});

test("a stale If-Match is 412 and writes nothing", async () => {
  const { call, transactions } = setup({ me: manager });
  const request = {
    as: ada,
    params,
    body: { name: "Beta" },
    headers: { "content-type": "application/json" },
  };
  const patch = async (version: string) =>
    await call("PATCH /v1/organizations/{org}", {
      ...request,
      headers: { ...request.headers, "if-match": version },
    });
  expect(await patch('"3"')).toMatchObject({ status: 412, body: { code: "stale" } });
  expect(transactions()).toEqual([]);
  expect((await patch('"4"')).status).toBe(200);
});

test("a change that meets another one is decided anew", async () => {
  const { call, refuse, client } = setup({ me: manager });
  refuse(keys.organization(ORG), 1);
  const answer = await call("PATCH /v1/organizations/{org}", { as: ada, params, body: { name: "Beta" } });
  expect(answer.status).toBe(200);
  expect(client).toHaveReceivedCommandTimes(TransactWriteCommand, 2);
});

test("SEAT-10 the dashboard shows members, seats, pending people and channels to managers and chat admins", async () => {
  const organization = { seatsHeld: 3, seatsReserved: 2, seatsUsed: 5 };
  for (const me of [manager, { chatRole: "admin" } as const]) {
    const { call } = setup({ me, organization });
    expect((await call("GET /v1/organizations/{org}/usage", { as: ada, params })).body).toEqual({
      members: 3,
      seats: { limit: 3, held: 3, reserved: 2, available: 0, overLimit: 2 },
      guests: 0,
      pendingGuests: 0,
      pendingMembers: 2,
      guestLimit: 100,
      publicChannels: 1,
      privateChannels: 0,
    });
  }
  expect(
    await setup({ organization }).call("GET /v1/organizations/{org}/usage", { as: ada, params }),
  ).toMatchObject({
    status: 403,
    body: { code: "not-manager", rule: "SEAT-10" },
  });
});

test("SEAT-4, SEAT-10 what is past its date is closed before it is counted", async () => {
  const ended = stored.invitation(invitationOf({ endsAt: NOW - 1, groupIds: [] }));
  const { call, client, transactions } = setup({ me: manager, items: [ended] });
  client
    .on(QueryCommand)
    .resolvesOnce({ Items: [ended] })
    .resolves({ Items: [] });
  expect((await call("GET /v1/organizations/{org}/usage", { as: ada, params })).status).toBe(200);
  expect([...(transactions()[0]?.keys() ?? [])].slice(0, 3)).toEqual([
    `O#${ORG}#INVITATIONS / INV#${ended.invitationId}`,
    `O#${ORG}#ADDRESSES / member#bob@example.com`,
    `O#${ORG} / ORG`,
  ]);
});

const GUESTS_DENIED = {
  status: 403,
  body: {
    code: "guest-restricted",
    rule: "GST-13",
    detail: expect.stringContaining("Guests hold no record"),
  },
};

test.each([
  ["GET", "/v1/organizations/{org}"],
  ["PATCH", "/v1/organizations/{org}"],
  ["GET", "/v1/organizations/{org}/usage"],
  ["GET", "/v1/organizations/{org}/audit"],
])("GST-13, GST-17 %s %s is not for guests", async (method, path) => {
  const { call, transactions } = world();
  const request = { as: gil, params, ...(method === "PATCH" ? { body: { name: "Mine" } } : {}) };
  expect(await call(`${method} ${path}`, request)).toMatchObject(GUESTS_DENIED);
  expect(transactions()).toEqual([]);
});

test("ORG-8 where somebody is a guest they belong to no organization", async () => {
  expect((await world().call("GET /v1/me/organizations", { as: gil })).body.items).toEqual([]);
});

test("INV-2 how long guests' invitations live is set beside members'", async () => {
  const { call } = setup({ me: manager });
  const patch = async (settings: object) =>
    await call("PATCH /v1/organizations/{org}", { as: ada, params, body: { settings } });
  expect((await patch({ guestInvitationDays: 30 })).body.settings).toEqual({
    memberInvitationDays: 7,
    guestInvitationDays: 30,
    shareInvitationDays: 30,
    termsVersion: "1",
    mailsPerSenderHour: null,
    mailsPerDay: null,
    brand: null,
  });
  expect((await patch({ guestInvitationDays: 31 })).status).toBe(400);
  expect((await patch({ shareInvitationDays: 1 })).body.settings.shareInvitationDays).toBe(1);
  for (const shareInvitationDays of [0, 31]) expect((await patch({ shareInvitationDays })).status).toBe(400);
});

test("INV-13 an organization sets mail limits of its own, 0 and none included", async () => {
  const { call, transactions } = setup({ me: manager });
  const patch = async (settings: object) =>
    await call("PATCH /v1/organizations/{org}", { as: ada, params, body: { settings } });
  const limits = { mailsPerSenderHour: 20, mailsPerDay: 0 };
  expect((await patch(limits)).body.settings).toMatchObject(limits);
  expect((await patch({ mailsPerDay: null })).body.settings).toMatchObject({ mailsPerDay: null });
  expect(transactions()).toHaveLength(2);
  for (const mailsPerDay of [-1, 1.5, "10"]) expect((await patch({ mailsPerDay })).status).toBe(400);
  expect(transactions()).toHaveLength(2);
});

test("SEAT-6, SEAT-10 guests and pending guests are shown apart, with their limit and the channels", async () => {
  const organization = { guests: 2, pendingGuests: 1, guestsUsed: 3, publicChannels: 4, privateChannels: 5 };
  const { call } = setup({ me: manager, organization });
  expect((await call("GET /v1/organizations/{org}/usage", { as: ada, params })).body).toMatchObject({
    members: 1,
    guests: 2,
    pendingGuests: 1,
    guestLimit: 100,
    publicChannels: 4,
    privateChannels: 5,
  });
});

test("GINV-10, SEAT-10 a guest past their end is removed before guests are counted", async () => {
  const over = guestOf(gil.userId, { endsAt: NOW - 1 });
  const end = { ...keys.guestEnd(ORG, gil.userId, NOW - 1), ...over };
  const { call, transactions } = setup({ me: manager, items: [...guestItems(over), end] });
  expect((await call("GET /v1/organizations/{org}/usage", { as: ada, params })).status).toBe(200);
  expect([...(transactions()[0]?.keys() ?? [])]).toContain(`O#${ORG}#MEMBERS / USER#${gil.userId}`);
});

test("INV-18 the audit log is listed newest first, to org managers", async () => {
  const entry = {
    ...keys.audit(ORG, "aud_1"),
    auditId: "aud_1",
    action: "member.left",
    actorId: "usr_1",
    subjectId: "usr_1",
    at: "2026-02-01T00:00:00.000Z",
    sourceIp: "203.0.113.7",
  };
  const path = "GET /v1/organizations/{org}/audit";
  const { call } = setup({ me: manager, items: [entry] });
  expect((await call(path, { as: ada, params })).body).toEqual({
    items: [
      {
        id: "aud_1",
        action: "member.left",
        actorId: "usr_1",
        subjectId: "usr_1",
        at: "2026-02-01T00:00:00.000Z",
        sourceIp: "203.0.113.7",
      },
    ],
    nextCursor: null,
  });
  expect(await setup({ me: { chatRole: "admin" } }).call(path, { as: ada, params })).toMatchObject({
    status: 403,
    body: { code: "not-org-manager", rule: "INV-18" },
  });
});
