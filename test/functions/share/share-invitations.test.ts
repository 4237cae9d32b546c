import { expect, test, vi } from "vitest";
import { carryOut } from "../../../functions/membership/carry-out.ts";
import { idempotencyStore } from "../../../functions/table/idempotency.ts";
import { intentWrite, newIntent } from "../../../functions/table/intents.ts";
import { keys } from "../../../functions/table/keys.ts";
import { getMailAddress, removeMailAddressWrites } from "../../../functions/table/mail-addresses.ts";
import { newMemberWrites } from "../../../functions/table/members.ts";
import { memberOf } from "../table/items.ts";
import { type ShareWorld, shareWorld, signedIn } from "./world.ts";

const setup = shareWorld();

const OTTO = "otto@elsewhere.example";

async function withAddress(w: ShareWorld) {
  const manager = await w.manager();
  return { manager, adr: await w.address(manager) };
}

test("SHR-4 SHR-7 an outsider accepts a link, has the address in their personal space, and gives it up", async () => {
  const [w, other] = [await setup(), await setup()];
  const { manager, adr } = await withAddress(w);
  const otto = w.outsider("otto");
  const invited = await w.share(manager, adr, { email: OTTO, rights: ["read"] });
  expect(invited).toMatchObject({
    status: 201,
    body: {
      invitation: {
        kind: "share",
        email: OTTO,
        state: "pending",
        addressId: adr,
        rights: ["read"],
        strict: true,
      },
    },
  });
  expect(invited.body.invitation.delivery).toEqual({ by: "link", state: "none" });
  const days = Date.parse(invited.body.invitation.expiresAt) - Date.parse(invited.body.invitation.createdAt);
  expect(days).toBe(30 * 86_400_000);
  expect((await w.list(manager, adr)).body.items).toMatchObject([
    { kind: "invitation", invitation: { email: OTTO } },
  ]);

  expect(await w.accept(otto, invited.body.link)).toMatchObject({
    status: 200,
    body: { attachedTo: "personal" },
  });
  expect((await w.list(manager, adr)).body.items).toMatchObject([
    { kind: "holder", userId: otto.userId, name: "Otto Outside", email: OTTO, rights: ["read"] },
  ]);
  expect(await w.mine(otto)).toMatchObject([
    { id: adr, attachedTo: "personal", organization: { id: w.org }, rights: ["read"] },
  ]);
  // They belong to no organization, and are not of this one by it (SHR-1).
  expect(await w.ask(otto, "GET /channels")).toMatchObject({ status: 404 });

  const own = { as: otto, params: { adr } };
  const act = "DELETE /v1/me/mail-addresses/{adr}";
  expect(await w.call(act, { ...own, query: { organizationId: other.org } })).toMatchObject({ status: 404 });
  expect(await w.call(act, { ...own, query: { organizationId: w.org } })).toMatchObject({ status: 204 });
  expect(await w.mine(otto)).toEqual([]);
  expect(await w.slots()).toEqual([]);
  // What was given up can be given again.
  expect(await w.share(manager, adr, { email: OTTO })).toMatchObject({ status: 201 });
});

test("SHR-5 an outsider gives up their own access in the address's list too, and a manager takes it away", async () => {
  const w = await setup();
  const { manager, adr } = await withAddress(w);
  const otto = w.outsider("otto");
  const params = { adr, user: otto.userId };
  for (const who of [otto, manager]) {
    const { body } = await w.share(manager, adr, { email: OTTO });
    expect(await w.accept(otto, body.link)).toMatchObject({ status: 200 });
    expect(await w.askAbout(who, "DELETE /{adr}/shares/{user}", { params })).toMatchObject({ status: 204 });
    expect(await w.mine(otto)).toEqual([]);
  }
  expect(await w.slots()).toEqual([]);
});

test("SHR-4 a link without an address is for whoever holds it, and for one person", async () => {
  const w = await setup();
  const { manager, adr } = await withAddress(w);
  const links = [await w.share(manager, adr, {}), await w.share(manager, adr, {})];
  expect(links.map(({ body }) => body.invitation.email)).toEqual([null, null]);
  const [first, second] = links.map(({ body }) => body.link);
  const [otto, petra] = [w.outsider("otto"), w.outsider("petra")];
  expect(await w.accept(otto, first)).toMatchObject({ status: 200 });
  expect(await w.accept(petra, first)).toMatchObject({ status: 410 });
  expect(await w.accept(otto, second)).toMatchObject({ status: 409, body: { code: "already-has-access" } });
  expect(await w.accept(petra, second)).toMatchObject({ status: 200 });
  expect((await w.list(manager, adr)).body.items).toHaveLength(2);
});

test("MINV-7 SHR-6 an address has one pending invitation to a mail address; one that is over is in nobody's way", async () => {
  const w = await setup();
  const { manager, adr } = await withAddress(w);
  const other = await w.address(manager, "other@example.com");
  const { body } = await w.share(manager, adr, { email: OTTO, expiresInDays: 1 });
  const again = await w.share(manager, adr, { email: "Otto@Elsewhere.example" });
  expect(again).toMatchObject({
    status: 409,
    body: { code: "already-invited", invitationId: body.invitation.id },
  });
  expect(await w.share(manager, other, { email: OTTO })).toMatchObject({ status: 201 });
  vi.useFakeTimers({ now: Date.now() + 2 * 86_400_000, toFake: ["Date"] });
  try {
    const late = signedIn(manager);
    expect((await w.list(late, adr)).body.items).toEqual([]);
    expect(await w.share(late, adr, { email: OTTO })).toMatchObject({ status: 201 });
  } finally {
    vi.useRealTimers();
  }
});

test("MINV-7 of several who invite the same address at once, one does", async () => {
  const w = await setup();
  const { manager, adr } = await withAddress(w);
  const answers = await Promise.all(Array.from({ length: 5 }, () => w.share(manager, adr, { email: OTTO })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  expect(await w.slots()).toHaveLength(1);
});

test("SHR-6 INV-8 a pending invitation is deleted at any time; its link is dead, and its address free", async () => {
  const w = await setup();
  const { manager, adr } = await withAddress(w);
  const { body } = await w.share(manager, adr, { email: OTTO });
  const colleague = await w.manager("colleague");
  const revoked = await w.call("DELETE /v1/organizations/{org}/invitations/{inv}", {
    as: colleague,
    params: { org: w.org, inv: body.invitation.id },
  });
  expect(revoked.status).toBe(204);
  expect((await w.list(manager, adr)).body.items).toEqual([]);
  expect(await w.accept(w.outsider("otto"), body.link)).toMatchObject({ status: 410 });
  expect(await w.share(manager, adr, { email: OTTO })).toMatchObject({ status: 201 });
});

test("SHR-5 MINV-8 INV-14 what a pending invitation gives is changed, and whoever changed it answers for it", async () => {
  const w = await setup();
  const { manager, adr } = await withAddress(w);
  const legal = await w.member("legal", { orgRole: "legal_representative" });
  const colleague = await w.manager("colleague");
  const { body } = await w.share(manager, adr, { email: OTTO });
  const params = { adr, inv: body.invitation.id };
  const change = (who: typeof manager, rights: string[], version: number) =>
    w.askAbout(who, "PATCH /{adr}/invitations/{inv}", {
      params,
      body: { rights },
      headers: { "content-type": "application/json", "if-match": `"${version}"` },
    });
  expect(await change(manager, ["read"], 1)).toMatchObject({ status: 200, headers: { etag: '"2"' } });
  expect(await change(manager, ["send"], 1)).toMatchObject({ status: 412 });
  expect(await change(colleague, ["viewLogs"], 2)).toMatchObject({
    status: 200,
    body: { rights: ["viewLogs"] },
  });
  const other = await w.address(manager, "other@example.com");
  const elsewhere = { params: { ...params, adr: other }, body: { rights: ["read"] } };
  expect(await w.askAbout(manager, "PATCH /{adr}/invitations/{inv}", elsewhere)).toMatchObject({
    status: 404,
  });
  await w.call("PUT /v1/organizations/{org}/members/{user}/rights", {
    as: legal,
    params: { org: w.org, user: colleague.userId },
    body: { mail: false },
  });
  expect(await w.accept(w.outsider("otto"), body.link)).toMatchObject({
    status: 410,
    body: { code: "invitation-revoked" },
  });
  expect(await change(manager, ["read"], 3)).toMatchObject({
    status: 409,
    body: { code: "invitation-not-pending" },
  });
});

test("SHR-4 SHR-6 a member's access supersedes what is pending for their address", async () => {
  const w = await setup();
  const { manager, adr } = await withAddress(w);
  const { body } = await w.share(manager, adr, { email: "bob@example.com" });
  const bob = await w.member("bob");
  expect(await w.share(manager, adr, { userId: bob.userId })).toMatchObject({ status: 201 });
  expect((await w.list(manager, adr)).body.items).toMatchObject([{ kind: "holder" }]);
  expect(await w.accept(bob, body.link)).toMatchObject({ status: 410, body: { code: "invitation-revoked" } });
});

test("SHR-6 the list is paged: groups, people, then those who are invited, each once", async () => {
  const w = await setup();
  const { manager, adr } = await withAddress(w);
  const chat = await w.member("chat", { chatRole: "admin" });
  await w.share(manager, adr, { groupId: await w.group(chat, "Team") });
  for (const name of ["a", "b", "c"]) await w.share(manager, adr, { userId: (await w.member(name)).userId });
  for (const name of ["x", "y", "z"]) await w.share(manager, adr, { email: `${name}@elsewhere.example` });
  const kinds: string[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = cursor === null ? { limit: "2" } : { limit: "2", cursor };
    const page = await w.askAbout(manager, "GET /{adr}/shares", { params: { adr }, query });
    kinds.push(...page.body.items.map(({ kind }: { kind: string }) => kind));
    cursor = page.body.nextCursor;
  } while (cursor !== null);
  expect(kinds).toEqual(["group", ...Array(3).fill("holder"), ...Array(3).fill("invitation")]);
});

test("INV-3 INV-5 the same request, repeated with its key, has made one invitation, and its answer is kept without its link", async () => {
  const w = await setup();
  const { manager, adr } = await withAddress(w);
  const headers = { "idempotency-key": "once" };
  const ask = () => w.share(manager, adr, { email: OTTO }, headers);
  const [one, two] = [await ask(), await ask()];
  expect(two.body.invitation).toEqual(one.body.invitation);
  expect(two.body.link).not.toBe(one.body.link);
  const kept = JSON.stringify(await w.partition(`I#${manager.userId}`));
  for (const { body } of [one, two]) expect(kept).not.toContain(body.link.split("#")[1]);
  expect(await w.slots()).toHaveLength(1);
  // Whoever has not signed in lately gets no new link.
  const late = await w.share(signedIn(manager, 3_600_000), adr, { email: OTTO }, headers);
  expect(late).toMatchObject({ status: 401 });
  for (const { body } of [two, one])
    expect([200, 410]).toContain((await w.accept(w.outsider("otto"), body.link)).status);
  expect(await w.mine(w.outsider("otto"))).toHaveLength(1);
});

test("INV-3 a share with a member, repeated with its key, is the same success", async () => {
  const w = await setup();
  const { manager, adr } = await withAddress(w);
  const bob = await w.member("bob");
  const headers = { "idempotency-key": "once" };
  const [one, two] = [
    await w.share(manager, adr, { userId: bob.userId }, headers),
    await w.share(manager, adr, { userId: bob.userId }, headers),
  ];
  expect(two).toMatchObject({ status: 201, body: one.body });
});

test("INV-11 INV-13 a mailed one is queued and charged; over a limit nothing is written", async () => {
  const w = await setup({ sender: 2 });
  const { manager, adr } = await withAddress(w);
  const mailed = await w.share(manager, adr, { email: OTTO, delivery: "email" });
  expect(mailed).toMatchObject({
    status: 201,
    body: { invitation: { delivery: { by: "email", state: "queued" } } },
  });
  expect(mailed.body).not.toHaveProperty("link");
  // What is refused is not charged.
  await w.share(manager, adr, { email: OTTO, delivery: "email" });
  expect(await w.share(manager, adr, { email: "p@elsewhere.example", delivery: "both" })).toMatchObject({
    status: 201,
    body: { link: expect.stringContaining("/invite#") },
  });
  const before = await w.partition(keys.invitations(w.org));
  const over = await w.share(manager, adr, { email: "q@elsewhere.example", delivery: "email" });
  expect(over).toMatchObject({
    status: 429,
    headers: { "retry-after": expect.stringMatching(/^\d+$/u) },
    body: { code: "mail-limit-exceeded", limit: "sender", rule: "INV-13" },
  });
  expect(await w.partition(keys.invitations(w.org))).toEqual(before);
  expect(await w.share(manager, adr, { email: "q@elsewhere.example" })).toMatchObject({ status: 201 });
});

test("SHR-6 an acceptance while the mail address is removed leaves nobody with access", async () => {
  const w = await setup();
  const { manager, adr } = await withAddress(w);
  const { body } = await w.share(manager, adr, { email: OTTO });
  const otto = w.outsider("otto");
  w.meanwhile(() => w.askAbout(manager, "DELETE /{adr}", { params: { adr } }));
  expect(await w.accept(otto, body.link)).toMatchObject({ status: 410 });
  expect(await w.mine(otto)).toEqual([]);
  expect(await w.holders(adr)).toEqual([]);
  expect(await w.slots()).toEqual([]);
});

test("SHR-7 the address is attached to an organization that the invitee is a member of, for as long as they are", async () => {
  const [w, home] = [await setup(), await setup()];
  const { manager, adr } = await withAddress(w);
  const olga = await home.member("olga");
  const { body } = await w.share(manager, adr, { email: "olga@example.com" });
  expect(await w.accept(olga, body.link, { attachTo: w.org })).toMatchObject({ status: 404 });
  expect(await w.accept(olga, body.link, { attachTo: home.org })).toMatchObject({
    status: 200,
    body: { attachedTo: home.org },
  });
  expect(await w.mine(olga)).toMatchObject([{ attachedTo: home.org, organization: { id: w.org } }]);
  const legal = await home.member("legal", { orgRole: "legal_representative" });
  await home.call("DELETE /v1/organizations/{org}/members/{user}", {
    as: legal,
    params: { org: home.org, user: olga.userId },
  });
  // The share is of the other organization, and hers (SHR-4).
  expect(await w.mine(olga)).toMatchObject([{ attachedTo: "personal" }]);
});

test("SHR-4 a share by invitation does not depend on a membership that comes, or goes, later", async () => {
  const w = await setup();
  const { manager, adr } = await withAddress(w);
  const legal = await w.member("legal", { orgRole: "legal_representative" });
  const otto = w.outsider("otto");
  const { body } = await w.share(manager, adr, { email: OTTO });
  await w.accept(otto, body.link);
  const {
    version: _,
    joinedAt: _at,
    kind: _kind,
    ...fresh
  } = memberOf(otto.userId, {
    organizationId: w.org,
    email: OTTO,
    addressKeys: [],
  });
  await w.write(...newMemberWrites(fresh, Date.now()));
  expect(await w.share(manager, adr, { userId: otto.userId })).toMatchObject({
    status: 409,
    body: { code: "already-has-access" },
  });
  const removed = await w.call("DELETE /v1/organizations/{org}/members/{user}", {
    as: legal,
    params: { org: w.org, user: otto.userId },
  });
  expect(removed.status).toBe(204);
  expect(await w.mine(otto)).toHaveLength(1);
});

test("INV-3 INV-13 a request whose function died after its write is done once: the repetition has a link of its own", async () => {
  const w = await setup({ sender: 1 });
  const { manager, adr } = await withAddress(w);
  const store = idempotencyStore(w.table);
  const dying = { ...store, complete: () => Promise.reject(new Error("killed")) };
  const headers = { "idempotency-key": "dies", "content-type": "application/json" };
  const given = { as: manager, params: { org: w.org, adr }, headers };
  const act = "POST /v1/organizations/{org}/mail-addresses/{adr}/shares";
  const bob = await w.member("bob");
  for (const body of [{ email: OTTO, delivery: "both" }, { userId: bob.userId }]) {
    const keyed = {
      ...given,
      body,
      headers: { ...headers, "idempotency-key": `dies-${Object.keys(body)[0]}` },
    };
    const first = await w.callWith(dying)(act, keyed);
    vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ["Date"] });
    const second = await w
      .callWith(store)(act, keyed)
      .finally(() => vi.useRealTimers());
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.invitation?.id).toBe(first.body.invitation?.id);
    expect(second.body.share).toEqual(first.body.share);
    if (first.body.link !== undefined) expect(second.body.link).not.toBe(first.body.link);
  }
  expect(await w.slots()).toHaveLength(1);
});

test.each([
  ["from the start", "203.0.113.7"],
  ["as well where an older version has begun it", undefined],
])("SHR-6 INV-18 removing a mail address that was cut short is finished %s", async (_how, sourceIp) => {
  const w = await setup();
  const { manager, adr } = await withAddress(w);
  const { body } = await w.share(manager, adr, { email: OTTO });
  await w.share(manager, adr, { userId: (await w.member("bob")).userId });
  const mailAddress = await getMailAddress(w.table, w.org, adr);
  if (mailAddress === undefined) throw new Error("not there");
  const by = { actorId: manager.userId, ...(sourceIp === undefined ? {} : { sourceIp }) };
  const facts = { kind: "delete-mail-address", addressId: adr, ...by } as const;
  const intent = newIntent(w.org, facts, Date.now());
  await w.write(...removeMailAddressWrites(mailAddress), intentWrite(intent));
  // Until then nobody gets in, and nobody is in.
  expect(await w.accept(w.outsider("otto"), body.link)).toMatchObject({ status: 410 });
  await carryOut(w.table, intent);
  await carryOut(w.table, intent);
  expect(await w.holders(adr)).toEqual([]);
  expect(await w.slots()).toEqual([]);
  expect((await w.item(keys.invitation(w.org, body.invitation.id)))?.["state"]).toBe("revoked");
  const revoked = (await w.partition(keys.audits(w.org))).find(
    ({ action }) => action === "invitation.revoked",
  );
  expect(revoked).toMatchObject(by);
  expect(revoked?.["sourceIp"]).toBe(sourceIp);
});
