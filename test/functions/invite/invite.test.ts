import { GetCommand, TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import "aws-sdk-client-mock-vitest/extend";
import { NO_RIGHTS } from "@vestibule/domain/people";
import { expect, test, vi } from "vitest";
import { inviteUseCases } from "../../../functions/invite/use-cases.ts";
import { sha256 } from "../../../functions/shell/ids.ts";
import { idempotencyStore } from "../../../functions/table/idempotency.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Member } from "../../../functions/table/members.ts";
import type { Organization } from "../../../functions/table/organizations.ts";
import { caller, personWith } from "../shell/caller.ts";
import { atNow } from "../table/at-now.ts";
import { storedChannel, storedGroup, storedRow } from "../table/channel-items.ts";
import {
  DAY_MS,
  guestInvitationOf,
  INV,
  invitationOf,
  memberOf,
  NOW,
  ORG,
  organizationOf,
  stored,
} from "../table/items.ts";
import { canceled, conditionFailed, type Item, mockedTable } from "../table/mocked-table.ts";
import { NO_LIMITS } from "./invite-world.ts";

const ada = personWith("ada@example.com");
const INVITE = "POST /v1/organizations/{org}/invitations";
const ONE = "/v1/organizations/{org}/invitations/{inv}";
const orgKey = `O#${ORG} / ORG`;

type Given = { me?: Partial<Member> | null; organization?: Partial<Organization>; items?: Item[] };

function setup({ me = { chatRole: "admin" }, organization, items = [] }: Given = {}) {
  atNow();
  const mocked = mockedTable([
    stored.organization(organizationOf(organization)),
    ...(me === null ? [] : [stored.member(memberOf(ada.userId, me))]),
    ...items,
  ]);
  const deps = { table: mocked.table, pageBaseUrl: "https://app.example.com", mailLimits: NO_LIMITS };
  const call = caller(inviteUseCases(deps), idempotencyStore(mocked.table));
  const invite = async (body: object = {}, headers: Record<string, string> = {}) =>
    await call(INVITE, {
      as: ada,
      params: { org: ORG },
      body: { kind: "member", invitees: [{ email: "bob@example.com" }], ...body },
      headers: { "content-type": "application/json", ...headers },
    });
  const created = (index = 0) =>
    [...(mocked.transactions()[index]?.entries() ?? [])].find(([key]) => key.includes("#INVITATIONS"))?.[1]
      .Put?.Item;
  return { ...mocked, call, invite, created };
}

test("SEAT-2, MINV-7, INV-18 inviting is one transaction: invitation, address, seat, sender, audit", async () => {
  const { invite, transactions, created } = setup({ me: { chatRole: "admin", version: 3 } });
  const answer = await invite();
  expect(answer).toMatchObject({
    status: 200,
    body: { results: [{ index: 0, email: "bob@example.com", status: "invited" }], summary: { invited: 1 } },
  });
  const id: string = answer.body.results[0].invitation.id;
  const [writes] = transactions();
  expect([...(writes?.keys() ?? [])].slice(0, 4)).toEqual([
    `O#${ORG}#INVITATIONS / INV#${id}`,
    `O#${ORG}#ADDRESSES / member#bob@example.com`,
    orgKey,
    `O#${ORG}#MEMBERS / USER#${ada.userId}`,
  ]);
  expect(writes?.get(orgKey)?.Update).toMatchObject({
    ConditionExpression: expect.stringContaining("seatsUsed < limits.seats"),
    ExpressionAttributeValues: { ":seatsReserved": 1, ":seatsUsed": 1 },
  });
  const check = writes?.get(`O#${ORG}#MEMBERS / USER#${ada.userId}`)?.ConditionCheck;
  expect(check?.ExpressionAttributeValues).toEqual({ ":version": 3 });
  expect([...(writes?.values() ?? [])].at(-1)?.Put?.Item).toMatchObject({
    action: "invitation.created",
    subjectId: id,
  });
  expect(created()).toMatchObject({
    state: "pending",
    mail: { state: "queued" },
    invitedBy: { userId: ada.userId },
  });
});

test("MINV-2 everything that was given is kept; what was left out has its default", async () => {
  const { invite, created } = setup({ me: { chatRole: "admin", orgRole: "administrator" } });
  await invite();
  expect(created()).toMatchObject({
    orgRole: "user",
    chatRole: "user",
    rights: NO_RIGHTS,
    channelIds: [],
    strict: true,
    locale: "en",
    delivery: "email",
    endsAt: NOW + 7 * DAY_MS,
  });
  await invite({
    invitees: [{ email: "Eve.Young@Example.com", firstName: "Eve", lastName: "Young" }],
    orgRole: "administrator",
    chatRole: "admin",
    rights: { mail: true },
    strict: false,
    delivery: "link",
    message: "Welcome",
    locale: "fr",
    expiresInDays: 30,
  });
  expect(created(1)).toMatchObject({
    email: "Eve.Young@Example.com",
    addressKey: "eve.young@example.com",
    firstName: "Eve",
    lastName: "Young",
    orgRole: "administrator",
    chatRole: "admin",
    rights: { ...NO_RIGHTS, mail: true },
    strict: false,
    message: "Welcome",
    locale: "fr",
    endsAt: NOW + 30 * DAY_MS,
  });
  expect(created(1)).not.toHaveProperty("mail");
});

test("INV-2 the organization's own lifetime is the default", async () => {
  const { invite, created } = setup({
    organization: {
      settings: { ...organizationOf().settings, memberInvitationDays: 3, guestInvitationDays: 5 },
    },
  });
  await invite();
  expect(created()).toMatchObject({ endsAt: NOW + 3 * DAY_MS });
  for (const expiresInDays of [0, 31, 1.5]) expect((await invite({ expiresInDays })).status).toBe(400);
});

test("INV-3 a link is answered to its creator and stored as a hash; a mailed one is nobody's here", async () => {
  const { invite, created } = setup();
  const linked = await invite({ delivery: "both" });
  const { link, invitation } = linked.body.results[0];
  const secret = String(link).split("#")[1] ?? "";
  expect(link).toBe(`https://app.example.com/invite#${secret}`);
  expect(created()?.["secretHashes"]).toEqual(new Set([sha256(secret)]));
  expect(JSON.stringify(invitation)).not.toContain(secret.slice(-43));
  const mailed = await invite({ delivery: "email" });
  expect(mailed.body.results[0]).not.toHaveProperty("link");
  expect(created(1)).not.toHaveProperty("secretHashes");
});

test("RGT-1, MINV-1 org roles do not help: without the chat role nobody is invited and nothing written", async () => {
  for (const me of [
    { orgRole: "legal_representative" } as const,
    { orgRole: "administrator" } as const,
    {},
  ]) {
    const { invite, transactions } = setup({ me });
    expect(await invite()).toMatchObject({ status: 403, body: { code: "not-chat-admin", rule: "RGT-1" } });
    expect(transactions()).toEqual([]);
  }
});

test("RGT-2 a chat admin whose org role is user invites members", async () => {
  const { invite } = setup({ me: { chatRole: "admin", orgRole: "user" } });
  expect((await invite({ chatRole: "admin" })).body.summary.invited).toBe(1);
});

test.each([
  [{ orgRole: "administrator" }, "role-above-own", "MINV-1"],
  [{ orgRole: "legal_representative" }, "legal-representative-only", "ORG-5"],
  [{ rights: { mail: true } }, "rights-above-own", "ORG-7"],
])("MINV-1, ORG-7 a user who is chat admin cannot give %j", async (grant, code, rule) => {
  const { invite, transactions } = setup();
  expect(await invite(grant)).toMatchObject({ status: 403, body: { code, rule } });
  expect(transactions()).toEqual([]);
});

test("INV-15 to an outsider there is no organization to invite into", async () => {
  expect(await setup({ me: null }).invite()).toMatchObject({ status: 404 });
});

test("GINV-2 a channel that is not the organization's is named, before anybody is invited", async () => {
  const { invite, transactions } = setup();
  const channelIds = [`chn_${"0".repeat(25)}7`];
  expect(await invite({ channelIds })).toMatchObject({ status: 404, body: { channelId: channelIds[0] } });
  expect(transactions()).toEqual([]);
});

test("MINV-5 channels that the sender may add people to, and groups, are kept for the acceptance", async () => {
  const { invite, created } = setup({
    items: [
      storedChannel({ channelId: "chn_open" }),
      storedChannel({ channelId: "chn_mine", type: "private" }),
      storedRow("chn_mine", ada.userId),
      storedGroup("grp_1"),
    ],
  });
  const terms = { channelIds: ["chn_mine", "chn_open", "chn_mine"], groupIds: ["grp_1", "grp_1"] };
  expect((await invite(terms)).body.results[0]).toMatchObject({
    status: "invited",
    invitation: { channelIds: ["chn_mine", "chn_open"], groupIds: ["grp_1"] },
  });
  expect(created()).toMatchObject({ channelIds: ["chn_mine", "chn_open"], groupIds: ["grp_1"] });
});

test.each([
  ["somebody else's private one", { type: "private" } as const, 404, "not-found"],
  ["an archived one", { archivedAt: "2026-02-01T00:00:00.000Z" }, 409, "channel-archived"],
])("MINV-5, CH-5 %s refuses the whole request, and is named", async (_, change, status, code) => {
  const { invite, transactions } = setup({ items: [storedChannel({ channelId: "chn_1", ...change })] });
  expect(await invite({ channelIds: ["chn_1"] })).toMatchObject({
    status,
    body: { code, channelId: "chn_1" },
  });
  expect(transactions()).toEqual([]);
});

test("MINV-5 a group that is not the organization's refuses the whole request, and is named", async () => {
  const { invite, transactions } = setup();
  expect(await invite({ groupIds: ["grp_1"] })).toMatchObject({ status: 404, body: { groupId: "grp_1" } });
  expect(transactions()).toEqual([]);
});

test("SEAT-8 without a free seat the address is refused with the quota's figures, and nothing is written", async () => {
  const { invite, transactions } = setup({ organization: { seatsHeld: 2, seatsReserved: 1, seatsUsed: 3 } });
  expect((await invite()).body).toMatchObject({
    results: [
      {
        status: "quota-exceeded",
        problem: { code: "quota-exceeded", rule: "SEAT-2", status: 409, quota: "seats", limit: 3, used: 3 },
      },
    ],
    summary: { invited: 0, "quota-exceeded": 1 },
  });
  expect(transactions()).toEqual([]);
});

test("SEAT-3 the last seat taken at the same time is seen when it is decided anew", async () => {
  const { invite, refuse, client } = setup();
  refuse(keys.organization(ORG));
  const full = stored.organization(organizationOf({ seatsUsed: 3, seatsReserved: 2 }));
  let reads = 0;
  client.on(GetCommand, { Key: keys.organization(ORG) }).callsFake(() => {
    reads += 1;
    return { Item: reads === 1 ? stored.organization(organizationOf()) : full };
  });
  expect((await invite()).body.results[0]).toMatchObject({ status: "quota-exceeded", problem: { used: 3 } });
  expect(client).toHaveReceivedCommandTimes(TransactWriteCommand, 1);
});

test("SEAT-4 at the limit, what is past its date is closed first, with no sweep run", async () => {
  const ended = stored.invitation(invitationOf({ addressKey: "old@example.com", endsAt: NOW }));
  const { invite, transactions } = setup({
    organization: { seatsHeld: 2, seatsReserved: 1, seatsUsed: 3 },
    items: [ended],
  });
  await invite();
  expect([...(transactions()[0]?.keys() ?? [])].slice(0, 3)).toEqual([
    `O#${ORG}#INVITATIONS / INV#${INV}`,
    `O#${ORG}#ADDRESSES / member#old@example.com`,
    orgKey,
  ]);
});

test("MINV-6 a member is not invited, whatever the case of the address", async () => {
  const { invite, transactions } = setup({
    items: [stored.address("bob@example.com", { userId: "usr_bob" })],
  });
  expect((await invite({ invitees: [{ email: " BOB@Example.COM " }] })).body.results[0]).toMatchObject({
    email: "BOB@Example.COM",
    status: "already-member",
    problem: { rule: "MINV-6" },
  });
  expect(transactions()).toEqual([]);
});

test("MINV-7 a pending address answers already-invited and points to its invitation", async () => {
  const items = [stored.invitation(invitationOf()), stored.address("bob@example.com", { invitationId: INV })];
  const { invite, transactions } = setup({ items });
  expect((await invite()).body.results[0]).toMatchObject({
    status: "already-invited",
    invitation: { id: INV, state: "pending" },
    problem: { rule: "MINV-7", invitationId: INV },
  });
  expect(transactions()).toEqual([]);
});

test("SEAT-4, MINV-7 an address whose invitation is past its date is free again", async () => {
  const items = [
    stored.invitation(invitationOf({ endsAt: NOW })),
    stored.address("bob@example.com", { invitationId: INV }),
  ];
  const { invite, transactions } = setup({ items });
  await invite();
  expect([...(transactions()[0]?.values() ?? [])][0]?.Update?.ExpressionAttributeValues).toMatchObject({
    ":state": "expired",
  });
});

test("an answer for each address, in the order of the request; a bad one spoils no other", async () => {
  const { invite } = setup({ items: [stored.address("old@example.com", { userId: "usr_old" })] });
  const emails = ["not an address", "old@example.com", "new@example.com", "a@b@c", "x\r\nBcc: y@example.com"];
  const { body } = await invite({ invitees: emails.map((email) => ({ email })) });
  expect(body.results.map(({ index, status }: { index: number; status: string }) => [index, status])).toEqual(
    [
      [0, "invalid-email"],
      [1, "already-member"],
      [2, "invited"],
      [3, "invalid-email"],
      [4, "invalid-email"],
    ],
  );
  expect(body.summary).toMatchObject({ invited: 1, "already-member": 1, "invalid-email": 3 });
});

test("INV-10 addresses for which the table stays busy do not lose the answers of the others", async () => {
  const limits = { ...organizationOf().limits, seats: 100 };
  const { invite, client } = setup({ organization: { limits } });
  const conflict = canceled([{ Code: "TransactionConflict" }]);
  let calls = 0;
  client.on(TransactWriteCommand).callsFake(() => {
    calls += 1;
    if (calls === 1) return {};
    // Past the time for which a request begins something new.
    vi.setSystemTime(Date.now() + 20_000);
    throw conflict;
  });
  const invitees = Array.from({ length: 34 }, (_, index) => ({ email: `a${index}@example.com` }));
  const { status, body } = await invite({ invitees });
  expect(status).toBe(200);
  expect(body.summary).toMatchObject({ invited: 32, busy: 2 });
  expect(body.results.slice(31, 33)).toMatchObject([
    { status: "invited" },
    { status: "busy", problem: { status: 503 } },
  ]);
});

test.each([
  [{ kind: "share" }, "kind"],
  [{ invitees: [] }, "invitees"],
  [{ invitees: Array.from({ length: 101 }, () => ({ email: "a@example.com" })) }, "invitees"],
  [{ invitees: [{ email: "a@example.com", role: "admin" }] }, "invitees.0.role"],
  [{ groupIds: Array.from({ length: 11 }, (_, index) => `grp_${index}`) }, "groupIds"],
  [{ channelIds: Array.from({ length: 21 }, (_, index) => `chn_${index}`) }, "channelIds"],
  [{ guestEndsAt: "2026-04-01T00:00:00.000Z" }, "guestEndsAt"],
  [{ atomic: "yes" }, "atomic"],
  [{ dryRun: 1 }, "dryRun"],
  [{ message: "" }, "message"],
  [{ channelIds: ["\ud800"] }, "channelIds.0"],
  [{ groupIds: ["\ud800"] }, "groupIds.0"],
  [{ invitees: [{ email: "a@example.com", firstName: "A\nB" }] }, "invitees.0.firstName"],
])("a request with %j is a 400 that names %s", async (change, path) => {
  const answer = await setup().invite(change);
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ path })]));
});

test("INV-3 an answer that is repeated by its key has a link of its own; the table never had one", async () => {
  const { invite, client } = setup();
  client.on(UpdateCommand).resolves({});
  const first = await invite({ delivery: "link" }, { "idempotency-key": "key" });
  const kept = client
    .commandCalls(UpdateCommand)
    .map((call) => call.args[0].input)
    .find(({ Key }) => String(Key?.["pk"]).startsWith("I#"));
  const body = kept?.ExpressionAttributeValues?.[":body"];
  expect(JSON.stringify(kept)).not.toContain(String(first.body.results[0].link).split("#")[1]);
  client.reset();
  let me: Partial<Member> = { chatRole: "admin" };
  const item = {
    ...keys.idempotency(ada.userId, "x"),
    suffix: "s",
    status: 200,
    body,
    runningUntil: 0,
    expiresAt: 1e10,
  };
  client.onAnyCommand().callsFake((input) => {
    if (input.Item?.bodyHash !== undefined) throw conditionFailed({ ...item, bodyHash: input.Item.bodyHash });
    return input.Key?.pk === keys.members(ORG) ? { Item: stored.member(memberOf(ada.userId, me)) } : {};
  });
  const again = await invite({ delivery: "link" }, { "idempotency-key": "key" });
  expect(again.headers).toMatchObject({ "idempotency-replayed": "true" });
  expect(again.body.results[0].link).toMatch(/^https:\/\/app\.example\.com\/invite#.{97}$/u);
  expect(again.body.results[0].link).not.toBe(first.body.results[0].link);
  expect(again.body.results[0].invitation).toEqual(first.body.results[0].invitation);
  expect(client).toHaveReceivedCommandWith(UpdateCommand, { UpdateExpression: "ADD secretHashes :hash" });

  // INV-3, RGT-1: whoever may invite no more gets no new link by repeating what they did when they could.
  me = { chatRole: "user" };
  client.resetHistory();
  const refused = await invite({ delivery: "link" }, { "idempotency-key": "key" });
  expect(refused).toMatchObject({ status: 403, body: { code: "not-chat-admin", rule: "RGT-1" } });
  expect(client).not.toHaveReceivedCommand(UpdateCommand);
});

const request = { as: ada, params: { org: ORG, inv: INV } };

test("INV-15 an invitation is read by managers, chat admins and its sender, and by nobody else", async () => {
  const read = async (me: Partial<Member> | null, sender = "usr_sender") => {
    const items = [stored.invitation(invitationOf({ invitedBy: { userId: sender, name: "Ada" } }))];
    return await setup({ me, items }).call(`GET ${ONE}`, request);
  };
  expect(await read({ chatRole: "admin" })).toMatchObject({ status: 200, headers: { etag: '"1"' } });
  expect((await read({ orgRole: "administrator" })).status).toBe(200);
  expect((await read({}, ada.userId)).status).toBe(200);
  expect(await read({})).toMatchObject({ status: 403, body: { code: "not-manager" } });
  expect(await read(null)).toMatchObject({ status: 404 });
  expect(await setup().call(`GET ${ONE}`, request)).toMatchObject({ status: 404 });
});

test("INV-1 what is past its date reads as expired, with no sweep run", async () => {
  const items = [stored.invitation(invitationOf({ endsAt: NOW }))];
  expect((await setup({ items }).call(`GET ${ONE}`, request)).body.state).toBe("expired");
});

test("INV-8, SEAT-4 revoking frees seat and address at once; the actor's rights are checked in the write", async () => {
  const { call, transactions } = setup({ items: [stored.invitation(invitationOf())] });
  expect((await call(`DELETE ${ONE}`, request)).status).toBe(204);
  expect([...(transactions()[0]?.keys() ?? [])].filter((key) => !key.includes("#AUDIT"))).toEqual([
    `O#${ORG}#INVITATIONS / INV#${INV}`,
    `O#${ORG}#ADDRESSES / member#bob@example.com`,
    orgKey,
    `O#${ORG}#MEMBERS / USER#${ada.userId}`,
  ]);
});

test("INV-8 the sender revokes what they sent, an org manager who is no chat admin does not", async () => {
  const mine = stored.invitation(invitationOf({ invitedBy: { userId: ada.userId, name: "Ada" } }));
  expect((await setup({ me: {}, items: [mine] }).call(`DELETE ${ONE}`, request)).status).toBe(204);
  const theirs = setup({ me: { orgRole: "administrator" }, items: [stored.invitation(invitationOf())] });
  expect(await theirs.call(`DELETE ${ONE}`, request)).toMatchObject({ status: 403, body: { rule: "INV-8" } });
  expect(theirs.transactions()).toEqual([]);
});

test.each([
  [{ state: "accepted" } as const, "accepted"],
  [{ state: "declined" } as const, "declined"],
  [{ state: "revoked" } as const, "revoked"],
  [{ endsAt: NOW } as const, "expired"],
])("INV-1 what is over is not revoked: %j", async (change, state) => {
  const { call, transactions } = setup({ items: [stored.invitation(invitationOf(change))] });
  expect(await call(`DELETE ${ONE}`, request)).toMatchObject({
    status: 409,
    body: { code: "invitation-not-pending", rule: "INV-1", state },
  });
  expect(transactions()).toEqual([]);
});

test("INV-5 a revocation that an acceptance was ahead of says so", async () => {
  const { call, refuse, client } = setup({ items: [stored.invitation(invitationOf())] });
  refuse(keys.invitation(ORG, INV));
  let reads = 0;
  client.on(GetCommand, { Key: keys.invitation(ORG, INV) }).callsFake(() => {
    reads += 1;
    return {
      Item: stored.invitation(invitationOf(reads === 1 ? {} : { state: "accepted", acceptedBy: "usr_bob" })),
    };
  });
  expect(await call(`DELETE ${ONE}`, request)).toMatchObject({ status: 409, body: { state: "accepted" } });
});

test("a stale If-Match revokes nothing", async () => {
  const { call, transactions } = setup({ items: [stored.invitation(invitationOf({ version: 2 }))] });
  const stale = await call(`DELETE ${ONE}`, { ...request, headers: { "if-match": '"1"' } });
  expect(stale).toMatchObject({ status: 412 });
  expect(transactions()).toEqual([]);
});

test("CH-5 of an invitation's channels a manager is shown, and finds it by, those that they may know of", async () => {
  const channelIds = ["chn_open", "chn_secret", "chn_gone"];
  const given = { kind: "guest", channelIds, addressKey: "gil@example.net" } as const;
  const items = [
    stored.invitation(guestInvitationOf(given)),
    stored.address("gil@example.net", { invitationId: INV }, "guest"),
    storedChannel({ channelId: "chn_open" }),
    storedChannel({ channelId: "chn_secret", type: "private" }),
  ];
  const { call } = setup({ items, me: { chatRole: "admin" } });
  const path = "GET /v1/organizations/{org}/invitations";
  const list = async (query: Record<string, string>) =>
    (await call(path, { as: ada, params: { org: ORG }, query })).body.items;
  expect(await list({})).toMatchObject([{ id: INV, channelIds: ["chn_open"] }]);
  expect(await list({ channelId: "chn_open" })).toHaveLength(1);
  expect(await list({ channelId: "chn_secret" })).toEqual([]);
  expect((await call(`GET ${ONE}`, request)).body).toMatchObject({ channelIds: ["chn_open"] });
  const again = await call("POST /v1/organizations/{org}/invitations", {
    as: ada,
    params: { org: ORG },
    body: { kind: "guest", invitees: [{ email: "gil@example.net" }], channelIds: ["chn_open"] },
  });
  expect(again.body.results[0]).toMatchObject({
    status: "already-invited",
    invitation: { id: INV, channelIds: ["chn_open"] },
  });
});

test("CH-5 a private channel and one that is not there are refused with the same words", async () => {
  const hidden = storedChannel({ channelId: "chn_1", type: "private" });
  const [there, gone] = [setup({ items: [hidden] }), setup()];
  const bodies = [];
  for (const { invite } of [there, gone]) bodies.push((await invite({ channelIds: ["chn_1"] })).body);
  expect(bodies[0]).toEqual({ ...bodies[1], instance: bodies[0].instance });
});

test("MINV-4 invitations are listed by state, address, channel and sender", async () => {
  const id = (digit: string) => `inv_${"0".repeat(25)}${digit}`;
  const items = [
    stored.invitation(invitationOf({ invitationId: id("1") })),
    stored.invitation(invitationOf({ invitationId: id("2"), endsAt: NOW })),
    stored.invitation(
      invitationOf({
        invitationId: id("3"),
        state: "declined",
        email: "Eve@example.com",
        addressKey: "eve@example.com",
      }),
    ),
    stored.invitation(invitationOf({ invitationId: id("4"), state: "revoked", channelIds: ["chn_1"] })),
  ];
  const channel = storedChannel({ channelId: "chn_1" });
  const list = async (query: Record<string, string>, me?: Partial<Member>) =>
    await setup({ items: [...items, channel], ...(me === undefined ? {} : { me }) }).call(
      "GET /v1/organizations/{org}/invitations",
      {
        as: ada,
        params: { org: ORG },
        query,
      },
    );
  const ids = async (query: Record<string, string>) =>
    (await list(query)).body.items.map((found: { id: string }) => found.id);
  expect(await ids({})).toEqual(items.map(({ invitationId }) => invitationId));
  expect(await ids({ state: "pending" })).toEqual([id("1")]);
  expect(await ids({ state: "expired" })).toEqual([id("2")]);
  expect(await ids({ email: " EVE@example.com" })).toEqual([id("3")]);
  expect(await ids({ channelId: "chn_1" })).toEqual([id("4")]);
  expect(await ids({ invitedBy: "usr_nobody" })).toEqual([]);
  expect(await ids({ kind: "guest" })).toEqual([]);
  expect(JSON.stringify((await list({})).body)).not.toMatch(/secret|hash/iu);
  expect(await list({}, {})).toMatchObject({ status: 403, body: { code: "not-manager", rule: "MINV-4" } });
  expect((await list({ cursor: "x" })).body.code).toBe("invalid-cursor");
});
