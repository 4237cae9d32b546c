import { expect, test } from "vitest";
import { loginWrite } from "../../../functions/table/logins.ts";
import { personWith } from "../shell/caller.ts";
import { shareWorld, signedIn } from "./world.ts";

const setup = shareWorld();

test("SHR-4 SHR-5 a member has access at once, to read and send unless it says otherwise", async () => {
  const w = await setup();
  const manager = await w.manager();
  const adr = await w.address(manager);
  const [bob, cleo] = [await w.member("bob"), await w.member("cleo")];
  const shared = await w.share(manager, adr, { userId: bob.userId });
  const rights = ["read", "send"];
  const sources = [{ kind: "own", rights }];
  const share = {
    kind: "holder",
    userId: bob.userId,
    name: "bob Member",
    email: "bob@example.com",
    rights,
    sources,
  };
  expect(shared).toMatchObject({ status: 201, headers: { etag: '"1"' }, body: { share } });
  expect(shared.body).not.toHaveProperty("link");
  // By the address of a member it is the same.
  const byEmail = await w.share(manager, adr, {
    email: "CLEO@example.com",
    rights: ["viewLogs", "read", "read"],
  });
  expect(byEmail.body.share).toMatchObject({ userId: cleo.userId, rights: ["read", "viewLogs"] });
  expect((await w.list(manager, adr)).body).toMatchObject({ items: [{}, {}], nextCursor: null });
  expect(await w.mine(bob)).toMatchObject([
    { id: adr, organization: { id: w.org, name: "Acme" }, rights, sources, attachedTo: w.org },
  ]);
  expect(await w.slots()).toEqual([]);
  expect(await w.audits()).toEqual(["mail-address.created", "share.created", "share.created"]);
});

test("SHR-2 giving access, and changing it, ask for a sign-in of the last 15 minutes", async () => {
  const w = await setup();
  const manager = await w.manager();
  const adr = await w.address(manager);
  const bob = await w.member("bob");
  await w.share(manager, adr, { userId: bob.userId });
  const open = await w.share(manager, adr, {});
  const before = await w.audits();
  const { auth_time: _, ...claims } = manager.claims;
  const silent = { ...manager, claims: claims as Record<string, string> };
  const params = { adr, user: bob.userId, inv: open.body.invitation.id };
  const body = { rights: ["read"] };
  for (const late of [signedIn(manager, 16 * 60_000), silent]) {
    for (const given of [{}, { userId: bob.userId }, { email: "x@elsewhere.example" }])
      expect(await w.share(late, adr, given)).toMatchObject({
        status: 401,
        body: { code: "reauthentication-required", rule: "SHR-2" },
      });
    for (const act of ["PATCH /{adr}/shares/{user}", "PATCH /{adr}/invitations/{inv}"])
      expect(await w.askAbout(late, act, { params, body })).toMatchObject({ status: 401 });
  }
  expect(await w.audits()).toEqual(before);
  expect(await w.share(signedIn(manager, 14 * 60_000), adr, {})).toMatchObject({ status: 201 });
  const taken = await w.askAbout(silent, "DELETE /{adr}/shares/{user}", { params });
  expect(taken).toMatchObject({ status: 204 });
});

test("SHR-3 an address that somebody signs in with is not shared with anybody, nor one of its users' own address", async () => {
  const w = await setup();
  const manager = await w.manager();
  const bob = await w.member("bob");
  const own = await w.address(manager, "bob@example.com");
  const conflict = { status: 409, body: { code: "address-conflict", rule: "SHR-3" } };
  const login = { status: 409, body: { code: "address-is-login", rule: "SHR-3" } };
  // The more particular of the two comes first.
  for (const body of [{ userId: bob.userId }, { email: "BOB@example.com" }])
    expect(await w.share(manager, own, body)).toMatchObject(conflict);
  const cleo = await w.member("cleo");
  for (const body of [{ userId: cleo.userId }, {}, { email: "x@elsewhere.example" }])
    expect(await w.share(manager, own, body)).toMatchObject(login);
  const chat = await w.member("chat", { chatRole: "admin" });
  const [withBob, without] = [await w.group(chat, "With", bob), await w.group(chat, "Without", cleo)];
  expect(await w.share(manager, own, { groupId: withBob })).toMatchObject(conflict);
  expect(await w.share(manager, own, { groupId: without })).toMatchObject(login);
  const free = await w.address(manager, "free@elsewhere.example");
  expect(await w.share(manager, free, { email: "Free@elsewhere.example" })).toMatchObject(conflict);
  expect(await w.holders(own)).toEqual([]);
  expect(await w.slots()).toEqual([]);
});

test("SHR-3 who signs in with the address while it is being shared makes the share fail", async () => {
  const w = await setup();
  const manager = await w.manager();
  const bob = await w.member("bob");
  // A login is nobody's organization's: these are of this test alone.
  for (const [given, own] of [
    [{ userId: bob.userId }, "to-be@example.com"],
    [{ email: "x@elsewhere.example" }, "to-come@example.com"],
  ] as const) {
    const adr = await w.address(manager, own);
    w.meanwhile(() => w.write(loginWrite(own, bob.userId)));
    expect(await w.share(manager, adr, given)).toMatchObject({ body: { code: "address-is-login" } });
    expect(await w.holders(adr)).toEqual([]);
  }
  expect(await w.slots()).toEqual([]);
});

test("SHR-8 who has access already is not given it again, however many ask at once", async () => {
  const w = await setup();
  const manager = await w.manager();
  const adr = await w.address(manager);
  const bob = await w.member("bob");
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => w.share(manager, adr, { userId: bob.userId })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
    code: "already-has-access",
    rule: "SHR-8",
  });
  const otto = w.outsider("otto");
  const invited = await w.share(manager, adr, { email: "otto@elsewhere.example" });
  await w.accept(otto, invited.body.link);
  expect(await w.share(manager, adr, { email: "OTTO@elsewhere.example" })).toMatchObject({
    body: { code: "already-has-access" },
  });
});

test("SHR-8 rights of several sources add up; a group gives them to its people, in a row of the group's own", async () => {
  const w = await setup();
  const manager = await w.manager();
  const adr = await w.address(manager);
  const [bob, cleo] = [await w.member("bob"), await w.member("cleo")];
  const chat = await w.member("chat", { chatRole: "admin" });
  const team = await w.group(chat, "Team", bob, cleo);
  await w.share(manager, adr, { userId: bob.userId, rights: ["send"] });
  const shared = await w.share(manager, adr, { groupId: team, rights: ["viewLogs", "read"] });
  expect(shared.body.share).toMatchObject({
    kind: "group",
    groupId: team,
    name: "Team",
    rights: ["read", "viewLogs"],
  });
  expect(await w.share(manager, adr, { groupId: team })).toMatchObject({
    body: { code: "already-has-access" },
  });
  const both = {
    rights: ["read", "send", "viewLogs"],
    sources: [{ kind: "own" }, { kind: "group", groupId: team }],
  };
  expect((await w.list(manager, adr)).body.items).toMatchObject([
    { kind: "group", groupId: team },
    { kind: "holder", userId: bob.userId, ...both },
  ]);
  expect(await w.mine(bob)).toMatchObject([both]);
  expect(await w.mine(cleo)).toMatchObject([{ rights: ["read", "viewLogs"], attachedTo: w.org }]);

  const params = { adr, grp: team };
  const changed = await w.askAbout(manager, "PATCH /{adr}/groups/{grp}", {
    params,
    body: { rights: ["read"] },
  });
  expect(changed).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { rights: ["read"] } });
  expect(await w.mine(cleo)).toMatchObject([{ rights: ["read"] }]);
  // Leaving the group ends what was had through it alone.
  await w.ask(chat, "DELETE /groups/{grp}/members/{user}", undefined, {
    params: { org: w.org, grp: team, user: cleo.userId },
  });
  expect(await w.mine(cleo)).toEqual([]);
  expect(await w.askAbout(manager, "DELETE /{adr}/groups/{grp}", { params })).toMatchObject({ status: 204 });
  expect(await w.askAbout(manager, "DELETE /{adr}/groups/{grp}", { params })).toMatchObject({ status: 404 });
  expect(await w.mine(bob)).toMatchObject([{ rights: ["send"], sources: [{ kind: "own" }] }]);
});

test("SHR-8 a deleted group gives nothing any more, and leaves nothing behind", async () => {
  const w = await setup();
  const manager = await w.manager();
  const adr = await w.address(manager);
  const bob = await w.member("bob");
  const chat = await w.member("chat", { chatRole: "admin" });
  const team = await w.group(chat, "Team", bob);
  await w.share(manager, adr, { groupId: team });
  expect(await w.mine(bob)).toHaveLength(1);
  await w.ask(chat, "DELETE /groups/{grp}", undefined, { params: { org: w.org, grp: team } });
  expect(await w.mine(bob)).toEqual([]);
  expect((await w.list(manager, adr)).body.items).toEqual([]);
  expect(await w.holders(adr)).toEqual([]);
  expect(await w.share(manager, adr, { groupId: team })).toMatchObject({ status: 404 });
});

test("SHR-5 rights are narrowed and widened on what was read, and access is taken away or given up", async () => {
  const w = await setup();
  const manager = await w.manager();
  const adr = await w.address(manager);
  const [bob, cleo] = [await w.member("bob"), await w.member("cleo")];
  for (const { userId } of [bob, cleo]) await w.share(manager, adr, { userId });
  const at = { adr, user: bob.userId };
  const type = { "content-type": "application/json" };
  const body = { rights: ["read", "manageFolders"] };
  const headers = (version: number) => ({ ...type, "if-match": `"${version}"` });
  const wide = await w.askAbout(manager, "PATCH /{adr}/shares/{user}", {
    params: at,
    body,
    headers: headers(1),
  });
  expect(wide).toMatchObject({ status: 200, headers: { etag: '"2"' }, body });
  for (const act of ["PATCH /{adr}/shares/{user}", "DELETE /{adr}/shares/{user}"]) {
    const given = { params: at, headers: headers(1), ...(act.startsWith("PATCH") ? { body } : {}) };
    expect(await w.askAbout(manager, act, given)).toMatchObject({ status: 412, body: { code: "stale" } });
  }
  expect(
    await w.askAbout(manager, "PATCH /{adr}/shares/{user}", { params: at, body: { rights: [] } }),
  ).toMatchObject({
    status: 400,
  });
  expect(await w.askAbout(manager, "DELETE /{adr}/shares/{user}", { params: at })).toMatchObject({
    status: 204,
  });
  expect(await w.askAbout(manager, "DELETE /{adr}/shares/{user}", { params: at })).toMatchObject({
    status: 404,
  });
  const own = { params: { adr, user: cleo.userId } };
  expect(await w.askAbout(bob, "DELETE /{adr}/shares/{user}", own)).toMatchObject({ status: 403 });
  expect(await w.askAbout(cleo, "DELETE /{adr}/shares/{user}", own)).toMatchObject({ status: 204 });
  expect(await w.mine(bob)).toEqual([]);
  expect(await w.mine(cleo)).toEqual([]);
  expect((await w.audits()).slice(-3)).toEqual(["share.updated", "share.removed", "share.removed"]);
  await w.share(manager, adr, { userId: bob.userId });
  expect(await w.mine(bob)).toHaveLength(1);
});

test("SHR-4 a member's share sleeps while they are deactivated, and ends with their membership for good", async () => {
  const w = await setup();
  const manager = await w.manager();
  const legal = await w.member("legal", { orgRole: "legal_representative" });
  const adr = await w.address(manager);
  const [bob, cleo] = [await w.member("bob"), await w.member("cleo")];
  for (const { userId } of [bob, cleo]) await w.share(manager, adr, { userId });
  const MEMBER = "/v1/organizations/{org}/members/{user}";
  const at = (user: string) => ({ as: legal, params: { org: w.org, user } });
  await w.call(`POST ${MEMBER}/deactivate`, { ...at(bob.userId), body: {} });
  expect(await w.mine(bob)).toEqual([]);
  expect((await w.list(manager, adr)).body.items).toMatchObject([{ userId: cleo.userId }]);
  expect(await w.share(manager, adr, { userId: bob.userId })).toMatchObject({ status: 404 });
  await w.call(`POST ${MEMBER}/reactivate`, { ...at(bob.userId), body: {} });
  expect(await w.mine(bob)).toHaveLength(1);

  expect(await w.call(`DELETE ${MEMBER}`, at(bob.userId))).toMatchObject({ status: 204 });
  const made = await w.call(`POST ${MEMBER}/convert`, {
    ...at(cleo.userId),
    body: { to: "guest", channelIds: [w.general] },
  });
  expect(made.status).toBe(200);
  expect(await w.holders(adr)).toEqual([]);
  for (const person of [bob, cleo]) expect(await w.mine(person)).toEqual([]);
});

test("SHR-4 what a former membership has left behind is not in force, and is no access to be in the way", async () => {
  const w = await setup();
  const manager = await w.manager();
  const adr = await w.address(manager);
  const bob = await w.member("bob", { joinedAt: "2026-01-01T00:00:00.000Z" });
  await w.share(manager, adr, { userId: bob.userId, rights: ["changePassword"] });
  // A row of an earlier membership, as it is where the index did not list it when that one ended.
  const [row] = await w.holders(adr);
  await w.write({ label: "row", put: { ...row, memberSince: "2025-01-01T00:00:00.000Z" } });
  expect(await w.mine(bob)).toEqual([]);
  expect((await w.list(manager, adr)).body.items).toEqual([]);
  const params = { adr, user: bob.userId };
  expect(
    await w.askAbout(manager, "PATCH /{adr}/shares/{user}", { params, body: { rights: ["read"] } }),
  ).toMatchObject({
    status: 404,
  });
  expect(await w.share(manager, adr, { userId: bob.userId })).toMatchObject({
    status: 201,
    headers: { etag: '"2"' },
  });
  expect(await w.mine(bob)).toMatchObject([{ rights: ["read", "send"] }]);
});

test("SHR-4 somebody who is removed while they are given access does not have it", async () => {
  const w = await setup();
  const manager = await w.manager();
  const legal = await w.member("legal", { orgRole: "legal_representative" });
  const adr = await w.address(manager);
  const bob = await w.member("bob");
  w.meanwhile(() =>
    w.call("DELETE /v1/organizations/{org}/members/{user}", {
      as: legal,
      params: { org: w.org, user: bob.userId },
    }),
  );
  expect(await w.share(manager, adr, { userId: bob.userId })).toMatchObject({ status: 404 });
  expect(await w.holders(adr)).toEqual([]);
});

test("SHR-2 who loses the right, or whose mail address is removed, while they share gives nothing away", async () => {
  const w = await setup();
  const legal = await w.member("legal", { orgRole: "legal_representative" });
  const manager = await w.manager();
  const [adr, gone] = [await w.address(manager), await w.address(manager, "gone@example.com")];
  const bob = await w.member("bob");
  w.meanwhile(() => w.askAbout(legal, "DELETE /{adr}", { params: { adr: gone } }));
  expect(await w.share(manager, gone, { userId: bob.userId })).toMatchObject({ status: 404 });
  w.meanwhile(() =>
    w.call("PUT /v1/organizations/{org}/members/{user}/rights", {
      as: legal,
      params: { org: w.org, user: manager.userId },
      body: { mail: false },
    }),
  );
  expect(await w.share(manager, adr, { userId: bob.userId })).toMatchObject({ status: 403 });
  expect(await w.holders(adr)).toEqual([]);
  expect(await w.holders(gone)).toEqual([]);
});

test("SHR-4 a body names a member, a group or somebody to invite, never two of them", async () => {
  const w = await setup();
  const manager = await w.manager();
  const adr = await w.address(manager);
  const bob = await w.member("bob");
  for (const [body, path] of [
    [{ userId: bob.userId, groupId: "grp_x" }, "groupId"],
    [{ userId: bob.userId, email: "a@b.example" }, "email"],
    [{ groupId: "grp_x", delivery: "email" }, "delivery"],
    [{ delivery: "email" }, "email"],
    [{ strict: true }, "email"],
    [{ rights: ["everything"] }, "rights.0"],
    [{ surprise: 1 }, "surprise"],
  ] as const)
    expect(await w.share(manager, adr, body), path).toMatchObject({
      status: 400,
      body: { errors: [{ path }] },
    });
  expect(await w.share(manager, adr, { userId: w.outsider("x").userId })).toMatchObject({ status: 404 });
  expect(await w.share(manager, adr, { groupId: "grp_nobody" })).toMatchObject({ status: 404 });
});

test("SHR-8 a group that is deleted while it is given access does not have it", async () => {
  const w = await setup();
  const manager = await w.manager();
  const adr = await w.address(manager);
  const chat = await w.member("chat", { chatRole: "admin" });
  const team = await w.group(chat, "Team");
  w.meanwhile(() => w.ask(chat, "DELETE /groups/{grp}", undefined, { params: { org: w.org, grp: team } }));
  expect(await w.share(manager, adr, { groupId: team })).toMatchObject({ status: 404 });
  expect(await w.holders(adr)).toEqual([]);
});

test("SHR-1 SHR-7 my mail addresses are those of all organizations, by organization and address, page by page", async () => {
  const tag = `p${Date.now()}`;
  const names: string[] = [];
  for (const name of ["Zebra", "Apple"]) {
    const w = await setup({}, { name });
    const manager = await w.manager();
    const me = await w.member(tag);
    for (const text of ["b@example.com", "a@example.com"])
      await w.share(manager, await w.address(manager, text), { userId: me.userId });
  }
  const w = await setup();
  const as = personWith(`${tag}@example.com`);
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = cursor === null ? { limit: "3" } : { limit: "3", cursor };
    const { body } = await w.call("GET /v1/me/mail-addresses", { as, query });
    for (const { organization, address } of body.items) names.push(`${organization.name} ${address}`);
    cursor = body.nextCursor;
  } while (cursor !== null);
  expect(names).toEqual([
    "Apple a@example.com",
    "Apple b@example.com",
    "Zebra a@example.com",
    "Zebra b@example.com",
  ]);
});
