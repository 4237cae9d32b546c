import { expect, test } from "vitest";
import { newId } from "../../../functions/shell/ids.ts";
import { keys } from "../../../functions/table/keys.ts";
import { shareWorld } from "./world.ts";

const setup = shareWorld();

test("SHR-1 SHR-2 a mail manager adds mail addresses and lists them", async () => {
  const w = await setup();
  const manager = await w.manager();
  const first = await w.askAbout(manager, "POST ", {
    body: { address: "Contact@Example.com", name: "Contact" },
  });
  expect(first).toMatchObject({ status: 201, body: { address: "Contact@Example.com", name: "Contact" } });
  const second = await w.address(manager, "sales@example.com");
  const page = await w.askAbout(manager, "GET ", { query: { limit: "1" } });
  expect(w.ids(page)).toEqual([first.body.id]);
  const rest = await w.askAbout(manager, "GET ", { query: { limit: "5", cursor: page.body.nextCursor } });
  expect(w.ids(rest)).toEqual([second]);
  expect(await w.audits()).toEqual(["mail-address.created", "mail-address.created"]);
});

test("SHR-1 INV-6 an organization has each mail address once, however it is spelt; another one may have it too", async () => {
  const [w, other] = [await setup(), await setup()];
  const manager = await w.manager();
  await w.address(manager, "info@bücher.example");
  for (const address of ["INFO@BÜCHER.example", "info@xn--bcher-kva.example"])
    expect(await w.askAbout(manager, "POST ", { body: { address } })).toMatchObject({
      status: 409,
      body: { code: "mail-address-taken", rule: "SHR-1" },
    });
  await other.address(await other.manager(), "info@bücher.example");
});

test("SHR-1 the same request, repeated with its key, has made one mail address", async () => {
  const w = await setup();
  const manager = await w.manager();
  const request = {
    body: { address: "a@example.com" },
    headers: { "idempotency-key": "k1", "content-type": "application/json" },
  };
  const [one, two] = [
    await w.askAbout(manager, "POST ", request),
    await w.askAbout(manager, "POST ", request),
  ];
  expect(two.body).toEqual(one.body);
  expect(await w.partition(keys.mailAddresses(w.org))).toHaveLength(1);
});

test("SHR-1 what is no address is refused, naming the field", async () => {
  const w = await setup();
  const manager = await w.manager();
  for (const address of ["nobody", "a@b..c", "a@127.0.0.1"])
    expect(await w.askAbout(manager, "POST ", { body: { address } })).toMatchObject({
      status: 400,
      body: { errors: [{ path: "address" }] },
    });
});

test("SHR-2 RGT-4 GST-13 INV-15 who manages no mail is refused everywhere, an outsider finds nothing, and nothing is written", async () => {
  const w = await setup();
  const manager = await w.manager();
  const adr = await w.address(manager);
  const user = await w.member("user", { chatRole: "admin" });
  const guest = await w.guest("guest", [w.general]);
  const params = { adr, user: manager.userId, grp: newId("group"), inv: newId("invitation") };
  const rights = { rights: ["read"] };
  const acts: [string, object?][] = [
    ["GET "],
    ["POST ", { address: "b@example.com" }],
    ["DELETE /{adr}"],
    ["GET /{adr}/shares"],
    ["POST /{adr}/shares", {}],
    ["PATCH /{adr}/shares/{user}", rights],
    ["DELETE /{adr}/shares/{user}"],
    ["PATCH /{adr}/groups/{grp}", rights],
    ["DELETE /{adr}/groups/{grp}"],
    ["PATCH /{adr}/invitations/{inv}", rights],
  ];
  const before = await w.audits();
  for (const [act, body] of acts) {
    const given = { params, ...(body === undefined ? {} : { body }) };
    expect(await w.askAbout(user, act, given), act).toMatchObject({
      status: 403,
      body: { code: "not-mail-manager" },
    });
    expect(await w.askAbout(guest, act, given), act).toMatchObject({
      status: 403,
      body: { code: "guest-restricted" },
    });
    expect(await w.askAbout(w.outsider("stranger"), act, given), act).toMatchObject({ status: 404 });
  }
  expect(await w.audits()).toEqual(before);
  expect(await w.holders(adr)).toEqual([]);
});

test("SHR-2 INV-15 another organization's mail address is not there", async () => {
  const [w, other] = [await setup(), await setup()];
  const manager = await w.manager();
  const theirs = await other.address(await other.manager());
  const member = await w.member("bob");
  for (const [act, body] of [
    ["DELETE /{adr}", undefined],
    ["GET /{adr}/shares", undefined],
    ["POST /{adr}/shares", { userId: member.userId }],
    ["POST /{adr}/shares", {}],
  ] as const)
    expect(
      await w.askAbout(manager, act, { params: { adr: theirs }, ...(body === undefined ? {} : { body }) }),
    ).toMatchObject({ status: 404 });
  expect(await other.holders(theirs)).toEqual([]);
});

test("SHR-2 the org roles that hold the right manage mail too, and need no recent sign-in to take away", async () => {
  const w = await setup();
  const adr = await w.address(await w.member("admin", { orgRole: "administrator" }));
  const legal = await w.member("legal", { orgRole: "legal_representative" });
  const { auth_time: _, ...claims } = legal.claims;
  const stale = { ...legal, claims: claims as Record<string, string> };
  expect(await w.askAbout(stale, "DELETE /{adr}", { params: { adr } })).toMatchObject({ status: 204 });
});

test("SHR-5 SHR-6 a removed mail address has no holder and no pending invitation left; its address can be added again", async () => {
  const w = await setup();
  const manager = await w.manager();
  const adr = await w.address(manager);
  const [bob, cleo] = [await w.member("bob"), await w.member("cleo")];
  const team = await w.group(await w.member("chat", { chatRole: "admin" }), "Team", cleo);
  await w.share(manager, adr, { userId: bob.userId });
  await w.share(manager, adr, { groupId: team });
  const otto = w.outsider("otto");
  const taken = await w.share(manager, adr, { email: "otto@elsewhere.example" });
  expect(await w.accept(otto, taken.body.link)).toMatchObject({ status: 200 });
  const pending = await w.share(manager, adr, { email: "petra@elsewhere.example" });
  const open = await w.share(manager, adr, {});
  expect(await w.mine(cleo)).toHaveLength(1);

  expect(await w.askAbout(manager, "DELETE /{adr}", { params: { adr } })).toMatchObject({ status: 204 });
  expect(await w.askAbout(manager, "DELETE /{adr}", { params: { adr } })).toMatchObject({ status: 404 });
  expect(await w.holders(adr)).toEqual([]);
  expect(await w.slots()).toEqual([]);
  for (const person of [bob, cleo, otto]) expect(await w.mine(person)).toEqual([]);
  for (const { body } of [pending, open]) {
    expect(await w.accept(w.outsider("petra"), body.link)).toMatchObject({
      status: 410,
      body: { code: "invitation-revoked" },
    });
  }
  expect(await w.partition(`${keys.organization(w.org).pk}#INTENTS`)).toEqual([]);
  // INV-18: from where the address was removed, its invitations were revoked.
  const audits = (await w.partition(keys.audits(w.org))).filter(
    ({ action }) => action === "invitation.revoked",
  );
  expect(audits).toHaveLength(2);
  const from = { actorId: manager.userId, sourceIp: "203.0.113.7" };
  expect(audits).toEqual(audits.map((entry) => ({ ...entry, ...from })));
  expect(await w.address(manager)).not.toBe(adr);
});
