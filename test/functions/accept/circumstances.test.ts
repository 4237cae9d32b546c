import { expect, test } from "vitest";
import { acceptUseCases } from "../../../functions/accept/use-cases.ts";
import { newId } from "../../../functions/shell/ids.ts";
import { inviteAddressWrite } from "../../../functions/table/addresses.ts";
import { closeInvitation } from "../../../functions/table/close-invitation.ts";
import { mintSecret } from "../../../functions/table/invitation-secrets.ts";
import {
  getInvitation,
  type MemberInvitation,
  newInvitationWrite,
} from "../../../functions/table/invitations.ts";
import { keys } from "../../../functions/table/keys.ts";
import { countersWrite } from "../../../functions/table/organizations.ts";
import { engineWorld, type World } from "../channel/world.ts";
import { caller, personWith, type TestPerson } from "../shell/caller.ts";
import { invitationOf } from "../table/items.ts";

const world = engineWorld();
const DAY_MS = 86_400_000;
const REGISTERED = { profile: { firstName: "Bob", lastName: "Low" }, termsVersion: "1" };
const CHAT_ADMIN = { chatRole: "admin" } as const;
const bob = personWith("bob@example.com");

/** An organization in which Ada, a chat admin, has invited Bob as a member. */
async function setup(change: Partial<MemberInvitation> = {}) {
  const w = await world({ seatsHeld: 1, seatsUsed: 1 });
  const ada = await w.member("ada", CHAT_ADMIN);
  const call = caller(acceptUseCases(w.table));
  const invitationId = newId("invitation");
  const { secret, hash } = mintSecret(w.org, invitationId);
  const { mail: _, ...base } = invitationOf();
  const invitation: MemberInvitation = {
    ...base,
    organizationId: w.org,
    invitationId,
    secretHashes: new Set([hash]),
    delivery: "link",
    invitedBy: { userId: ada.userId, name: "Ada Byron" },
    endsAt: Date.now() + DAY_MS,
    ...change,
  };
  const slot = { org: w.org, kind: "member", addressKey: "bob@example.com" } as const;
  await w.write(
    newInvitationWrite(invitation),
    inviteAddressWrite(slot, invitationId, invitation.endsAt),
    countersWrite(w.org, { reserved: 1 }),
  );
  const accept = async (as: TestPerson = bob, body: object = REGISTERED) =>
    await call("POST /v1/invitations/accept", { as, body: { token: secret, ...body } });
  const state = async () => (await getInvitation(w.table, w.org, invitationId))?.state;
  const member = async ({ userId }: TestPerson = bob) => await w.item(keys.member(w.org, userId));
  return { ...w, ada, call, invitation, secret, accept, state, memberOf: member };
}

type Setup = Awaited<ReturnType<typeof setup>>;

/** Changes an item as whoever changes it does, with its version. */
const changed = async (w: World, key: { pk: string; sk: string }, change: Record<string, unknown>) => {
  const names = Object.keys(change);
  await w.write({
    label: "change",
    update: key,
    expression: `SET version = version + :one${names.map((name) => `, #${name} = :${name}`).join("")}`,
    names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    values: { ":one": 1, ...Object.fromEntries(names.map((name) => [`:${name}`, change[name]])) },
  });
};

const edited = async (s: Setup, change: Record<string, unknown>) =>
  await changed(s, keys.invitation(s.org, s.invitation.invitationId), change);

test("MINV-8 a role that is taken out of it at the same time is not given", async () => {
  const s = await setup({ chatRole: "admin" });
  s.meanwhile(async () => await edited(s, { chatRole: "user" }));
  expect(await s.accept()).toMatchObject({ status: 200, body: { chatRole: "user" } });
  expect(await s.memberOf()).toMatchObject({ chatRole: "user" });
});

test("DIR-2, INV-7 what the newcomer changes of themselves at the same time is kept, and is what they are called", async () => {
  const nora = personWith(`nora-${newId("invitation")}@example.com`);
  const renamed = (firstName: string) => ({
    label: "profile",
    put: {
      ...keys.profile(nora.userId),
      userId: nora.userId,
      firstName,
      lastName: "New",
      phone: "+41 22 555 01 23",
      locale: "en",
      termsVersion: "1",
      updatedAt: new Date().toISOString(),
    },
  });
  // With nothing new to register, then with a language that is.
  for (const body of [{}, { profile: { locale: "fr" } }]) {
    const s = await setup({ strict: false, locale: "en" });
    await s.write(renamed("Nora"));
    s.meanwhile(async () => await s.write(renamed("Eleanor")));
    expect(await s.accept(nora, body)).toMatchObject({ status: 200 });
    expect(await s.memberOf(nora)).toMatchObject({ firstName: "Eleanor" });
    expect(await s.item(keys.profile(nora.userId))).toMatchObject({ firstName: "Eleanor" });
  }
});

test("INV-9 a link that is replaced at the same time is dead", async () => {
  const s = await setup();
  const { hash } = mintSecret(s.org, s.invitation.invitationId);
  s.meanwhile(async () => await edited(s, { secretHashes: new Set([hash]) }));
  expect(await s.accept()).toMatchObject({ status: 404, body: { code: "not-found" } });
  expect(await s.state()).toBe("pending");
  expect(await s.memberOf()).toBeUndefined();
});

test("MINV-8, INV-14 what an administrator has put into it is theirs to answer for", async () => {
  const zoe = personWith("zoe@example.com");
  const s = await setup({ orgRole: "administrator", grantedBy: zoe.userId });
  await s.member("zoe", { orgRole: "administrator", ...CHAT_ADMIN });
  expect(await s.accept()).toMatchObject({ status: 200, body: { orgRole: "administrator" } });
});

test.each([
  ["who answers for it is demoted", async (s: Setup) => await demoted(s, "zoe", { orgRole: "user" })],
  ["who answers for it has left", async (s: Setup) => await removed(s, "zoe")],
  ["the sender is no chat admin any more", async (s: Setup) => await demoted(s, "ada", { chatRole: "user" })],
  ["the sender is deactivated", async (s: Setup) => await demoted(s, "ada", { state: "deactivated" })],
  ["the sender has left", async (s: Setup) => await removed(s, "ada")],
])("INV-14, MINV-8 %s at the same time: it is revoked, and its seat free", async (_, act) => {
  const zoe = personWith("zoe@example.com");
  const s = await setup({ orgRole: "administrator", grantedBy: zoe.userId });
  await s.member("zoe", { orgRole: "administrator", ...CHAT_ADMIN });
  s.meanwhile(async () => await act(s));
  expect(await s.accept()).toMatchObject({
    status: 410,
    body: { code: "invitation-revoked", rule: "INV-14", invitedBy: { name: "Ada Byron" } },
  });
  expect(await s.state()).toBe("revoked");
  expect(await s.counters()).toMatchObject({ seatsHeld: 1, seatsReserved: 0 });
  const preview = await s.call("POST /v1/invitations/preview", { body: { token: s.secret } });
  expect(preview).toMatchObject({ status: 410, body: { code: "invitation-revoked" } });
});

const recordOf = (s: Setup, name: string) => keys.member(s.org, personWith(`${name}@example.com`).userId);
const demoted = async (s: Setup, name: string, change: Record<string, unknown>) =>
  await changed(s, recordOf(s, name), change);
const removed = async (s: Setup, name: string) =>
  await s.write({ label: "record", remove: recordOf(s, name) });

test("SEAT-5 a limit that is lowered at the same time refuses, and it stays pending", async () => {
  const s = await setup();
  s.meanwhile(async () => {
    await s.write({
      label: "limit",
      update: keys.organization(s.org),
      expression: "SET limits.seats = :one",
      values: { ":one": 1 },
    });
  });
  expect(await s.accept()).toMatchObject({
    status: 409,
    body: { code: "quota-exceeded", rule: "SEAT-5", quota: "seats", limit: 1, used: 1 },
  });
  expect(await s.state()).toBe("pending");
});

test("MINV-5 a group that was deleted and a channel that was archived meanwhile drop out", async () => {
  const s = await setup();
  const [kept, gone] = [await s.channel(s.ada, { name: "Kept" }), await s.channel(s.ada, { name: "Gone" })];
  const group = await s.ask(s.ada, "POST /groups", undefined, { body: { name: "Team" } });
  await edited(s, { channelIds: [kept, gone], groupIds: [group.body.id] });
  await s.ask(s.ada, "POST /channels/{chn}/archive", gone);
  await s.ask(s.ada, "DELETE /groups/{grp}", undefined, { params: { org: s.org, grp: group.body.id } });
  expect(await s.accept()).toMatchObject({ status: 200, body: { channelIds: [s.general, kept] } });
  const rows = await s.partition(keys.person(s.org, bob.userId));
  expect(rows.map(({ sk }) => sk)).toEqual([keys.personChannel(s.org, bob.userId, kept).sk]);
  expect(await s.partition(keys.groupPeople(s.org, group.body.id))).toEqual([]);
});

test("INV-15 of an organization that is gone it is 404, for whoever asks whatever", async () => {
  const s = await setup();
  await s.write({ label: "organization", remove: keys.organization(s.org) });
  for (const act of ["preview", "accept", "decline"]) {
    const refused = await s.call(`POST /v1/invitations/${act}`, { as: bob, body: { token: s.secret } });
    expect(refused).toMatchObject({ status: 404, body: { code: "not-found" } });
  }
});

test("INV-7 what is missing is asked for by name, and a telephone number that is none is a 400", async () => {
  const s = await setup();
  const fresh = personWith("bob@example.com", { sub: `bob-${s.org}` });
  expect(await s.accept(fresh, { profile: { lastName: "Low" }, termsVersion: "1" })).toMatchObject({
    status: 409,
    body: { code: "registration-required", missing: ["profile.firstName"] },
  });
  expect((await s.accept(fresh, { profile: { firstName: "Bob", phone: "nonsense" } })).status).toBe(400);
  expect(
    (await s.accept(fresh, { ...REGISTERED, profile: { ...REGISTERED.profile, locale: "it" } })).status,
  ).toBe(200);
});

test("INV-5, SEAT-3 of ten different people who accept one open link, one comes in, on one seat", async () => {
  const s = await setup({ strict: false });
  const people = Array.from({ length: 10 }, (_, index) => personWith(`p${index}@${s.org.slice(-8)}.example`));
  const answers = await Promise.all(people.map(async (person) => await s.accept(person)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(410)]);
  expect(await s.counters()).toMatchObject({ seatsHeld: 2, seatsReserved: 0, seatsUsed: 2 });
});

test("INV-5 accept against revoke: one of them wins, and what is there fits it", async () => {
  for (let round = 0; round < 8; round += 1) {
    const s = await setup();
    const origin = { actorId: s.ada.userId, sourceIp: undefined, now: Date.now() };
    const [accepted, isRevoked] = await Promise.all([
      s.accept(),
      closeInvitation(s.table, s.invitation, "revoked", origin),
    ]);
    expect(isRevoked).toBe(accepted.status === 410);
    expect(await s.state()).toBe(isRevoked ? "revoked" : "accepted");
    expect((await s.memberOf()) === undefined).toBe(isRevoked);
    expect(await s.counters()).toMatchObject({ seatsHeld: isRevoked ? 1 : 2, seatsReserved: 0 });
  }
});
