import { NO_RIGHTS } from "@vestibule/domain/people";
import { expect, test } from "vitest";
import { newId } from "../../../functions/shell/ids.ts";
import { closeInvitation } from "../../../functions/table/close-invitation.ts";
import { keys } from "../../../functions/table/keys.ts";
import { hashOfAddress, noteRecipient } from "../../../functions/table/recipients.ts";
import { engineWorld } from "../channel/world.ts";
import { personWith, type TestPerson } from "../shell/caller.ts";
import { REGISTERED, type ShareWorld, secured, shareWorld } from "./share-world.ts";

const world = engineWorld();

/** Bob is new in each test, so that nothing is noted of his address yet. */
async function setup() {
  const s = await shareWorld(await world());
  const email = `Bob@${s.org.slice(-10)}.example.net`;
  return { ...s, email, bob: secured(email.toLowerCase()) };
}

const origin = { actorId: "system", sourceIp: undefined };

/** Invites as whoever invites does: the address's item names the invitation before it is there. */
async function invited(s: ShareWorld, email: string, of: Parameters<ShareWorld["invite"]>[0] = {}) {
  const one = await s.invite({ email, ...of });
  await noted(s, email, one.invitationId);
  return one;
}

async function noted(s: ShareWorld, email: string, invitationId: string): Promise<void> {
  const invitation = { organizationId: s.org, invitationId };
  await noteRecipient(s.table, { addressHash: hashOfAddress(email), invitation, now: Date.now() });
}

const list = async (s: ShareWorld, as: TestPerson, query: Record<string, string> = {}) =>
  await s.call("GET /v1/me/invitations", { as, query });

const answer = async (
  s: ShareWorld,
  as: TestPerson,
  act: "accept" | "decline",
  inv: string,
  body: object = {},
) =>
  await s.call(`POST /v1/me/invitations/{inv}/${act}`, {
    as,
    params: { inv },
    body: { organizationId: s.org, ...body },
  });

test("INV-6, INV-16 lists what the verified address is invited to, the newest first, as the link's preview shows it", async () => {
  const s = await setup();
  const first = await invited(s, s.email);
  const second = await invited(s, s.email, { address: await s.mailAddress("two@example.org") });
  const { status, body } = await list(s, s.bob);
  expect(status).toBe(200);
  expect(body.nextCursor).toBeNull();
  const ids = [first.invitationId, second.invitationId].sort().reverse();
  expect(body.items.map(({ id }: { id: string }) => id)).toEqual(ids);
  const { body: previewed } = await s.preview(first.token);
  expect(body.items).toContainEqual({ id: first.invitationId, organizationId: s.org, ...previewed });
  expect(JSON.stringify(body)).not.toContain(first.token.split(".")[2]);
});

test("INV-6 somebody with no invitation has an empty list; an address that is not verified has none at all", async () => {
  const s = await setup();
  await invited(s, s.email);
  expect((await list(s, secured(`else@${s.org}.example`))).body).toEqual({ items: [], nextCursor: null });
  const unverified = personWith(s.email, { email_verified: "false" });
  const nameless = personWith("bob@example.com", { email: "" });
  for (const as of [unverified, nameless])
    expect(await list(s, as)).toMatchObject({ status: 403, body: { code: "email-not-verified" } });
});

test("INV-1, INV-14, INV-15 shows nothing that is over, withdrawn, gone, never written, or somebody else's", async () => {
  const s = await setup();
  const [left, revoked] = [await invited(s, s.email), await s.mailAddress("two@example.org")];
  const other = await invited(s, s.email, { address: revoked });
  await closeInvitation(s.table, other.invitation, "revoked", { ...origin, now: Date.now() });
  await invited(s, s.email, { address: await s.mailAddress("three@example.org"), endsAt: Date.now() - 1 });
  await noted(s, s.email, newId("invitation"));
  const theirs = await invited(s, `else@${s.org.slice(-10)}.example.net`);
  await noted(s, s.email, theirs.invitationId);
  const open = await s.invite();
  await noted(s, s.email, open.invitationId);
  const gone = await setup();
  const lost = await invited(gone, s.email);
  await gone.write({ label: "organization", remove: keys.organization(gone.org) });
  const { items } = (await list(s, s.bob)).body;
  expect(items.map(({ id }: { id: string }) => id)).toEqual([left.invitationId]);
  expect(items).not.toContainEqual(expect.objectContaining({ id: lost.invitationId }));
  await s.record(s.ada.userId, { rights: NO_RIGHTS });
  expect((await list(s, s.bob)).body.items).toEqual([]);
});

test("the list goes on page by page, and its cursor is its own", async () => {
  const s = await setup();
  const ids: string[] = [];
  for (const name of ["a", "b", "c"]) {
    const address = await s.mailAddress(`${name}@example.org`);
    ids.unshift((await invited(s, s.email, { address })).invitationId);
  }
  ids.sort().reverse();
  const one = (await list(s, s.bob, { limit: "2" })).body;
  expect(one.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
  const two = (await list(s, s.bob, { limit: "2", cursor: one.nextCursor })).body;
  expect(two.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2));
  expect(two.nextCursor).toBeNull();
  expect(await list(s, secured("eve@example.com"), { cursor: one.nextCursor })).toMatchObject({
    status: 400,
    body: { code: "invalid-cursor" },
  });
});

test("INV-5, INV-6 the verified address proves what the link does: accepted without it, and again with the same answer", async () => {
  const s = await setup();
  const { invitationId, token } = await invited(s, s.email);
  expect(await answer(s, s.bob, "accept", invitationId)).toMatchObject({
    status: 409,
    body: { code: "registration-required" },
  });
  const accepted = await answer(s, s.bob, "accept", invitationId, REGISTERED);
  expect(accepted).toMatchObject({ status: 200, body: { kind: "share", attachedTo: "personal" } });
  expect(await answer(s, s.bob, "accept", invitationId)).toEqual(accepted);
  expect(await s.accept(s.bob, token, {})).toEqual(accepted);
  expect((await list(s, s.bob)).body.items).toEqual([]);
});

test("INV-8 declined without the link", async () => {
  const s = await setup();
  const { invitationId, state } = await invited(s, s.email);
  expect(await answer(s, s.bob, "decline", invitationId)).toMatchObject({
    status: 200,
    body: { state: "declined" },
  });
  expect(await state()).toBe("declined");
  expect(await answer(s, s.bob, "accept", invitationId, REGISTERED)).toMatchObject({
    status: 410,
    body: { code: "invitation-declined", invitedBy: { name: "Ada Byron" } },
  });
});

test.each(["accept", "decline"] as const)(
  "INV-15 to %s without the link, the id of somebody else's invitation is as good as none",
  async (act) => {
    const s = await setup();
    const [theirs, open, loose] = [
      await invited(s, s.email),
      await s.invite(),
      await invited(s, `loose@${s.org.slice(-10)}.example.net`, { strict: false }),
    ];
    const eve = secured("eve@example.com");
    const ids = [theirs.invitationId, open.invitationId, loose.invitationId, newId("invitation")];
    for (const id of ids) {
      const refused = await answer(s, eve, act, id, act === "accept" ? REGISTERED : {});
      expect(refused).toMatchObject({ status: 404, body: { code: "not-found" } });
    }
    for (const organizationId of [(await world()).org, "org_nonsense", "x#MEMBERS"]) {
      const refused = await answer(s, s.bob, act, theirs.invitationId, { organizationId });
      expect(refused).toMatchObject({ status: 404, body: { code: "not-found" } });
    }
    const unverified = personWith(s.email, { email_verified: "false", mfa: "true" });
    expect(await answer(s, unverified, act, theirs.invitationId)).toMatchObject({ status: 403 });
    expect([await theirs.state(), await open.state()]).toEqual(["pending", "pending"]);
  },
);

test("INV-15 whoever invites the same address over and over pushes out nobody's invitations but their own", async () => {
  const s = await setup();
  const { invitationId } = await invited(s, s.email);
  const addressHash = hashOfAddress(s.email);
  const spammer = newId("organization");
  const since = Date.now();
  const spam = Array.from({ length: 45 }, (_, nth) => newId("invitation", since + nth));
  for (const inv of spam)
    await noteRecipient(s.table, {
      addressHash,
      invitation: { organizationId: spammer, invitationId: inv },
      now: Date.now(),
    });
  expect((await list(s, s.bob)).body.items).toMatchObject([{ id: invitationId }]);
  const names = (await s.item(keys.recipient(addressHash)))?.["invitations"] as Set<string>;
  expect(names.size).toBe(40);
  expect(names).toContain(`${spammer} ${spam.at(-1)}`);
});
