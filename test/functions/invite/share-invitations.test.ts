import { afterEach, expect, test, vi } from "vitest";
import { idempotencyStore } from "../../../functions/table/idempotency.ts";
import { keys } from "../../../functions/table/keys.ts";
import { loginWrite } from "../../../functions/table/logins.ts";
import { type ShareWorld, shareWorld, signedIn } from "../share/world.ts";
import { personWith, type TestPerson } from "../shell/caller.ts";
import { CHAT_ADMIN, DAY_MS, MINUTE_MS } from "./invite-world.ts";

const world = shareWorld();
afterEach(() => void vi.useRealTimers());

const BASE = "/v1/organizations/{org}/invitations";
const MAIL_MANAGER = { rights: { suite: false, chat: false, mail: true, accounting: false } };
const tokenIn = (link: string): string => link.slice(link.indexOf("#") + 1);

/** A mail manager has invited an outsider to a mail address, with a link. */
async function shared(body: object = { email: "otto@elsewhere.example" }) {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-03-01T10:00:00.000Z") });
  const w = await world();
  const manager = await w.manager();
  // Logins are not an organization's: each test has an address of its own.
  shared.count += 1;
  const address = `contact-${shared.count}@example.com`;
  const adr = await w.address(manager, address);
  const offered = await w.share(manager, adr, body);
  if (offered.status !== 201) throw new Error(`not shared: ${JSON.stringify(offered.body)}`);
  const { invitation, link } = offered.body;
  const one = async (as: TestPerson, act: string, given: object = {}) =>
    await w.call(`${act.split(" ")[0]} ${BASE}/{inv}${act.split(" ")[1] ?? ""}`, {
      as,
      params: { org: w.org, inv: invitation.id },
      ...given,
    });
  const list = async (as: TestPerson, query: Record<string, string> = {}) =>
    await w.call(`GET ${BASE}`, { as, params: { org: w.org }, query });
  const advance = (ms: number) => void vi.setSystemTime(Date.now() + ms);
  const preview = async (token: string) => await w.call("POST /v1/invitations/preview", { body: { token } });
  return {
    ...w,
    manager,
    adr,
    address,
    inv: invitation.id as string,
    token: tokenIn(link),
    one,
    list,
    advance,
    preview,
  };
}

shared.count = 0;

async function chatAdmin(w: Pick<ShareWorld, "member">): Promise<TestPerson> {
  return await w.member("ada", CHAT_ADMIN);
}

test("SHR-6, INV-15 to those who manage no mail a share's invitation is not there", async () => {
  const w = await shared();
  const ada = await chatAdmin(w);
  for (const act of ["GET", "DELETE", "POST /resend"])
    expect(await w.one(ada, act)).toMatchObject({ status: 404 });
  expect(await w.one(ada, "PATCH", { body: { firstName: "Rob" } })).toMatchObject({ status: 404 });
  expect((await w.list(ada)).body.items).toEqual([]);
  expect((await w.list(ada, { state: "pending" })).body.items).toEqual([]);
  expect(await w.list(ada, { kind: "share" })).toMatchObject({
    status: 403,
    body: { code: "not-mail-manager" },
  });
});

test("SHR-6 mail managers list shares' invitations; without being managers they list no others", async () => {
  const w = await shared();
  const mine = [{ id: w.inv, kind: "share", addressId: w.adr, address: w.address }];
  expect((await w.list(w.manager, { kind: "share" })).body.items).toMatchObject(mine);
  expect((await w.list(w.manager, { kind: "share", state: "pending" })).body.items).toMatchObject(mine);
  expect(
    (await w.list(w.manager, { kind: "share", email: "Otto@elsewhere.example" })).body.items,
  ).toMatchObject(mine);
  expect(await w.list(w.manager)).toMatchObject({ status: 403, body: { code: "not-manager" } });
  const boss = await w.member("boss", { orgRole: "administrator" });
  expect((await w.list(boss)).body.items).toMatchObject(mine);
  expect((await w.list(boss, { state: "pending" })).body.items).toMatchObject(mine);
  expect((await w.list(boss, { kind: "member" })).body.items).toEqual([]);
  expect((await w.one(w.manager, "GET")).body).toMatchObject(mine[0] ?? {});
});

test("INV-8, SHR-6 a mail manager revokes it however long ago they signed in, and so does its sender", async () => {
  const w = await shared();
  const other = await w.member("other", MAIL_MANAGER);
  w.advance(60 * MINUTE_MS);
  expect(await w.one(other, "DELETE")).toMatchObject({ status: 204 });
  expect(await w.preview(w.token)).toMatchObject({ status: 410 });
  const s = await shared();
  await s.write({
    label: "record",
    update: keys.member(s.org, s.manager.userId),
    expression: "SET rights.mail = :no, version = version + :one",
    values: { ":no": false, ":one": 1 },
  });
  expect(await s.one(s.manager, "GET")).toMatchObject({ status: 200 });
  expect(await s.one(s.manager, "DELETE")).toMatchObject({ status: 204 });
});

test("SHR-2, INV-9 it is sent again by mail managers who have signed in of late", async () => {
  const w = await shared();
  w.advance(16 * MINUTE_MS);
  expect(await w.one(w.manager, "POST /resend")).toMatchObject({
    status: 401,
    body: { code: "reauthentication-required", rule: "SHR-2" },
  });
  const answer = await w.one(signedIn(w.manager), "POST /resend", { body: { message: "Again" } });
  expect(answer).toMatchObject({
    status: 200,
    body: {
      invitation: { id: w.inv, expiresAt: new Date(Date.now() + 30 * DAY_MS).toISOString() },
      link: expect.stringContaining("/invite#"),
    },
  });
  expect(await w.preview(w.token)).toMatchObject({ status: 404 });
  expect(await w.preview(tokenIn(answer.body.link))).toMatchObject({ status: 200 });
});

test("SHR-2, INV-3 a resend that is repeated by its key has a new link only for who has signed in of late", async () => {
  const w = await shared();
  w.advance(MINUTE_MS);
  const headers = { "idempotency-key": "again" };
  const first = await w.one(w.manager, "POST /resend", { headers });
  w.advance(16 * MINUTE_MS);
  expect(await w.one(w.manager, "POST /resend", { headers })).toMatchObject({
    status: 401,
    body: { code: "reauthentication-required" },
  });
  const again = await w.one(signedIn(w.manager), "POST /resend", { headers });
  expect(again).toMatchObject({ status: 200, headers: { "idempotency-replayed": "true" } });
  for (const { body } of [first, again])
    expect(await w.preview(tokenIn(body.link))).toMatchObject({ status: 200 });
});

test("SHR-2, INV-3 a resend, or a share, whose function died gives its link only to who has signed in of late", async () => {
  const w = await shared();
  w.advance(MINUTE_MS);
  const store = idempotencyStore(w.table);
  const dying = w.callWith({ ...store, complete: () => Promise.reject(new Error("killed")) });
  const headers = { "content-type": "application/json", "idempotency-key": "dies" };
  const { org, adr, inv } = w;
  const acts = [
    [`POST ${BASE}/{inv}/resend`, { params: { org, inv }, body: {}, headers }],
    ["POST /v1/organizations/{org}/mail-addresses/{adr}/shares", { params: { org, adr }, body: {}, headers }],
  ] as const;
  const manager = signedIn(w.manager);
  const firsts = [];
  for (const [act, given] of acts) firsts.push(await dying(act, { as: manager, ...given }));
  w.advance(16 * MINUTE_MS);
  for (const [at, [act, given]] of acts.entries()) {
    expect(await w.call(act, { as: manager, ...given })).toMatchObject({
      status: 401,
      body: { code: "reauthentication-required" },
    });
    const again = await w.call(act, { as: signedIn(w.manager), ...given });
    expect(again.body.invitation.id).toBe(firsts[at]?.body.invitation.id);
    expect(await w.preview(tokenIn(again.body.link))).toMatchObject({ status: 200 });
  }
});

test("SHR-4, INV-9 one for whoever holds its link is sent again as a link only", async () => {
  const w = await shared({});
  w.advance(MINUTE_MS);
  expect(await w.one(w.manager, "POST /resend", { body: { delivery: "email" } })).toMatchObject({
    status: 400,
    body: { errors: [{ path: "delivery" }] },
  });
  expect(await w.one(w.manager, "POST /resend")).toMatchObject({
    status: 200,
    body: { link: expect.any(String) },
  });
});

test("INV-9, MINV-7, SHR-3 an expired one takes its address again, unless something has come in between", async () => {
  const w = await shared();
  w.advance(31 * DAY_MS);
  const manager = signedIn(w.manager);
  expect(await w.one(manager, "POST /resend")).toMatchObject({
    status: 200,
    body: { invitation: { state: "pending" } },
  });
  w.advance(31 * DAY_MS);
  const again = signedIn(w.manager);
  const anew = await w.share(again, w.adr, { email: "otto@elsewhere.example" });
  expect(await w.one(again, "POST /resend")).toMatchObject({
    status: 409,
    body: { code: "already-invited", invitationId: anew.body.invitation.id },
  });
  const accepted = await w.accept(signedIn(personWith("otto@elsewhere.example")), anew.body.link);
  expect(accepted).toMatchObject({ status: 200 });
  expect(await w.one(again, "POST /resend")).toMatchObject({
    status: 409,
    body: { code: "already-has-access" },
  });
});

test("SHR-8, INV-9 an expired one is not sent again to who was given access as a member meanwhile", async () => {
  const w = await shared({ email: "bob@example.com" });
  w.advance(31 * DAY_MS);
  const bob = await w.member("bob");
  const manager = signedIn(w.manager);
  expect(await w.share(manager, w.adr, { userId: bob.userId })).toMatchObject({ status: 201 });
  expect(await w.one(manager, "POST /resend")).toMatchObject({
    status: 409,
    body: { code: "already-has-access", rule: "SHR-8" },
  });
});

test("SHR-3 an address that somebody signs in with meanwhile is not offered again, at the moment of the write", async () => {
  const w = await shared();
  w.advance(MINUTE_MS);
  w.meanwhile(async () => await w.write(loginWrite(w.address, "usr_somebody")));
  expect(await w.one(w.manager, "POST /resend")).toMatchObject({
    status: 409,
    body: { code: "address-is-login" },
  });
  expect(await w.preview(w.token)).not.toMatchObject({ status: 404 });
});

test("MINV-8 names, message and language of a share's invitation are changed; what it does not have is refused", async () => {
  const w = await shared();
  expect(await w.one(w.manager, "PATCH", { body: { firstName: "Otto", locale: "it" } })).toMatchObject({
    status: 200,
    body: { firstName: "Otto", channelIds: [] },
  });
  expect(await w.one(w.manager, "PATCH", { body: { channelIds: [] } })).toMatchObject({
    status: 400,
    body: { errors: [{ path: "channelIds" }] },
  });
});
