import { NO_RIGHTS } from "@vestibule/domain/people";
import { describe, expect, test } from "vitest";
import { getInvitation } from "../../../functions/table/invitations.ts";
import { keys } from "../../../functions/table/keys.ts";
import { isLogin, loginWrite } from "../../../functions/table/logins.ts";
import { removeMailAddressWrites } from "../../../functions/table/mail-addresses.ts";
import { engineWorld } from "../channel/world.ts";
import { personWith } from "../shell/caller.ts";
import { REGISTERED, secured, shareWorld } from "./share-world.ts";

const world = engineWorld();
const setup = async () => await shareWorld(await world());
const bob = secured("bob@example.com");
const eve = secured("eve@example.com");

describe("previewing", () => {
  test("INV-16, SHR-9 tells the mail address, what may be done with it, and that a second factor is asked for", async () => {
    const s = await setup();
    const { token } = await s.invite({ email: "Bob@example.com" });
    const { status, body } = await s.preview(token);
    expect(status).toBe(200);
    expect(body).toEqual({
      state: "pending",
      kind: "share",
      organization: { name: "Acme" },
      invitedBy: { name: "Ada Byron" },
      email: "Bob@example.com",
      address: s.info.address,
      rights: ["read", "send"],
      expiresAt: expect.any(String),
      requires: { profile: true, terms: "1", phone: true, mfa: true, strict: true },
    });
  });

  test("SHR-4 a link for whoever holds it names nobody", async () => {
    const s = await setup();
    const { token } = await s.invite();
    expect((await s.preview(token)).body).toMatchObject({ email: null, requires: { strict: false } });
  });

  test("INV-14 of a sender who manages no mail any more is 410 with who invited, and nothing is written", async () => {
    const s = await setup();
    const { token, state } = await s.invite();
    await s.record(s.ada.userId, { rights: NO_RIGHTS, chatRole: "admin" });
    expect(await s.preview(token)).toMatchObject({
      status: 410,
      body: { code: "invitation-revoked", state: "revoked", invitedBy: { name: "Ada Byron" } },
    });
    expect(await state()).toBe("pending");
  });
});

describe("accepting", () => {
  test("SHR-4, SHR-7 gives access with its rights in the personal space, and keeps what was registered", async () => {
    const s = await setup();
    const { token, invitationId, state } = await s.invite({ email: "bob@example.com" });
    expect(await s.accept(bob, token)).toMatchObject({
      status: 200,
      body: {
        organizationId: s.org,
        userId: bob.userId,
        kind: "share",
        channelIds: [],
        addressId: s.info.addressId,
        rights: ["read", "send"],
        attachedTo: "personal",
      },
    });
    expect(await state()).toBe("accepted");
    expect(await s.holder(bob)).toMatchObject({
      via: "invitation",
      email: "bob@example.com",
      firstName: "Bob",
      rights: ["read", "send"],
      attachedTo: "personal",
      invitationId,
      grantedBy: s.ada.userId,
      addressKeys: [`${s.info.addressId}#bob@example.com`],
    });
    expect(await s.slotOf("bob@example.com")).toMatchObject({ userId: bob.userId });
    expect(await s.item(keys.profile(bob.userId))).toMatchObject({ phone: "+41 79 000 00 00", locale: "fr" });
    expect(await isLogin(s.table, "bob@example.com")).toBe(true);
    const audit = await s.partition(keys.audits(s.org));
    expect(audit).toContainEqual(
      expect.objectContaining({ action: "invitation.accepted", subjectId: invitationId }),
    );
    expect(JSON.stringify(audit)).not.toContain("@");
  });

  test("SHR-1 who accepts a share is neither member nor guest of the organization by it", async () => {
    const s = await setup();
    const { token } = await s.invite();
    await s.accept(eve, token);
    expect(await s.item(keys.member(s.org, eve.userId))).toBeUndefined();
    expect(await s.counters()).toMatchObject({ seatsHeld: 0, guests: 0 });
  });

  test("INV-5 the same person repeating it gets the same answer, whatever they attach it to now", async () => {
    const s = await setup();
    const { token } = await s.invite();
    const first = await s.accept(bob, token);
    expect(await s.accept(bob, token, { attachTo: s.org })).toEqual(first);
    expect((await s.holder(bob))?.version).toBe(1);
  });

  test("SHR-5, INV-5 who has given it up since does not come back by the link they used", async () => {
    const s = await setup();
    const { token } = await s.invite();
    await s.accept(bob, token);
    await s.write({ label: "holder", remove: keys.holder(s.org, s.info.addressId, bob.userId) });
    expect(await s.accept(bob, token)).toMatchObject({ status: 410, body: { code: "invitation-used" } });
    await s.hold(bob);
    expect(await s.accept(bob, token)).toMatchObject({ status: 410, body: { code: "invitation-used" } });
  });

  test("SHR-7 is attached to an organization that the person is an active member of", async () => {
    const [s, other] = [await setup(), await world()];
    await other.member("bob");
    const { token } = await s.invite();
    expect(await s.accept(bob, token, { ...REGISTERED, attachTo: other.org })).toMatchObject({
      status: 200,
      body: { organizationId: s.org, attachedTo: other.org },
    });
    expect(await s.holder(bob)).toMatchObject({ attachedTo: other.org });
    expect(JSON.stringify(await s.partition(keys.audits(s.org)))).not.toContain(other.org);
  });

  test("SHR-7 the sender's own organization can be the one, also for the sender", async () => {
    const s = await setup();
    const { token } = await s.invite();
    const ada = secured("ada@example.com");
    expect(await s.accept(ada, token, { ...REGISTERED, attachTo: s.org })).toMatchObject({
      status: 200,
      body: { attachedTo: s.org },
    });
  });

  test("SHR-7, INV-15 somebody else's organization, a guest's and a former one are 404, and it stays pending", async () => {
    const [s, other, former] = [await setup(), await world(), await world()];
    await former.member("bob", { state: "deactivated" });
    const guest = await world();
    await guest.guest("bob", []);
    const { token, state } = await s.invite();
    for (const attachTo of [other.org, former.org, guest.org, "nonsense"]) {
      expect(await s.accept(bob, token, { ...REGISTERED, attachTo })).toMatchObject({
        status: 404,
        body: { code: "not-found", rule: "SHR-7", organizationId: attachTo },
      });
    }
    expect(await state()).toBe("pending");
  });

  test("SHR-7 who loses that organization at the same time does not attach it there", async () => {
    const [s, other] = [await setup(), await world()];
    await other.member("bob");
    const { token, state } = await s.invite();
    s.meanwhile(async () => await s.record(bob.userId, { state: "deactivated" }, other.org));
    expect(await s.accept(bob, token, { ...REGISTERED, attachTo: other.org })).toMatchObject({ status: 404 });
    expect(await state()).toBe("pending");
  });

  test("SHR-9, INV-6, INV-7 asks for the address, then a second factor, then what is missing; each leaves it pending", async () => {
    const s = await setup();
    const { token, state } = await s.invite({ email: "bob@example.com" });
    const unverified = personWith("bob@example.com", { email_verified: "false", mfa: "true" });
    expect(await s.accept(unverified, token)).toMatchObject({
      status: 403,
      body: { code: "email-not-verified" },
    });
    const nameless = personWith("bob@example.com", { email: "", mfa: "true" });
    expect(await s.accept(nameless, (await s.invite()).token)).toMatchObject({
      status: 403,
      body: { code: "email-not-verified" },
    });
    expect(await s.accept(personWith("eve@example.com"), token)).toMatchObject({
      status: 403,
      body: { code: "recipient-mismatch" },
    });
    expect(await s.accept(personWith("bob@example.com"), token, {})).toMatchObject({
      status: 403,
      body: { code: "mfa-required", rule: "SHR-9" },
    });
    const fresh = secured(`new@${s.org.slice(-8)}.example.net`);
    const open = await s.invite();
    const { phone: _, ...names } = REGISTERED.profile;
    const asked: [object, string[]][] = [
      [{}, ["profile.firstName", "profile.lastName", "profile.phone", "termsVersion"]],
      [{ profile: { firstName: "Bob" } }, ["profile.lastName", "profile.phone", "termsVersion"]],
      [{ profile: names, termsVersion: "1" }, ["profile.phone"]],
    ];
    for (const [body, missing] of asked) {
      expect(await s.accept(fresh, open.token, body)).toMatchObject({
        status: 409,
        body: { code: "registration-required", rule: "INV-7", missing },
      });
    }
    expect([await state(), await open.state()]).toEqual(["pending", "pending"]);
  });

  test("INV-7 who has registered with a telephone number before is not asked again", async () => {
    const s = await setup();
    const [one, two] = [
      await s.invite(),
      await s.invite({ address: await s.mailAddress("two@example.org") }),
    ];
    expect((await s.accept(bob, one.token)).status).toBe(200);
    expect((await s.accept(bob, two.token, {})).status).toBe(200);
  });

  test("INV-16 the invitation's language is the newcomer's, unless they choose one", async () => {
    const s = await setup();
    const { token } = await s.invite();
    const newcomer = secured(`l@${s.org.slice(-8)}.example.net`);
    const { locale: _, ...profile } = REGISTERED.profile;
    await s.accept(newcomer, token, { ...REGISTERED, profile });
    expect(await s.item(keys.profile(newcomer.userId))).toMatchObject({ locale: "de" });
  });

  test("SHR-8 who has access of their own is told so, and it stays pending", async () => {
    const s = await setup();
    await s.hold(bob);
    const { token, state } = await s.invite();
    expect(await s.accept(bob, token)).toMatchObject({
      status: 409,
      body: { code: "already-has-access", rule: "SHR-8" },
    });
    expect(await state()).toBe("pending");
    expect((await s.accept(eve, token)).status).toBe(200);
  });

  test("SHR-8 who is given access at the same time is told so, and it stays pending", async () => {
    const s = await setup();
    const { token, state } = await s.invite();
    s.meanwhile(async () => await s.hold(bob));
    expect(await s.accept(bob, token)).toMatchObject({
      status: 409,
      body: { code: "already-has-access" },
    });
    expect(await state()).toBe("pending");
  });

  test("SHR-4 what a membership that is over has left behind is no access, and is written over", async () => {
    const s = await setup();
    await s.hold(bob, { via: "member", memberSince: "2026-01-01T00:00:00.000Z", attachedTo: s.org });
    const { token } = await s.invite();
    expect((await s.accept(bob, token)).status).toBe(200);
    expect(await s.holder(bob)).toMatchObject({ via: "invitation", attachedTo: "personal" });
  });

  test("SHR-3 the mail address cannot be its own holder, nor anybody's login", async () => {
    const s = await setup();
    const own = await s.invite();
    expect(await s.accept(secured(s.info.address), own.token)).toMatchObject({
      status: 409,
      body: { code: "address-conflict", rule: "SHR-3" },
    });
    s.meanwhile(async () => await s.write(loginWrite(s.info.addressKey, eve.userId)));
    expect(await s.accept(bob, own.token)).toMatchObject({
      status: 409,
      body: { code: "address-is-login", rule: "SHR-3" },
    });
    expect(await own.state()).toBe("pending");
  });

  test("INV-19 closes what else was pending for the person on this mail address, and nothing on another one", async () => {
    const s = await setup();
    const two = await s.mailAddress("two@example.org");
    const [theirs, elsewhere, link] = [
      await s.invite({ email: "bob@example.com" }),
      await s.invite({ email: "bob@example.com", address: two }),
      await s.invite({ email: "robert@example.net", strict: false }),
    ];
    expect((await s.accept(bob, link.token)).status).toBe(200);
    expect(await theirs.state()).toBe("revoked");
    expect(await elsewhere.state()).toBe("pending");
    expect(await s.slotOf("bob@example.com")).toMatchObject({ userId: bob.userId });
    expect((await s.holder(bob))?.addressKeys).toHaveLength(2);
  });

  test("INV-14 a sender who manages no mail any more leaves a revoked invitation behind", async () => {
    const s = await setup();
    const { token, state } = await s.invite({ email: "bob@example.com" });
    s.meanwhile(async () => await s.record(s.ada.userId, { rights: NO_RIGHTS }));
    expect(await s.accept(bob, token)).toMatchObject({ status: 410, body: { rule: "INV-14" } });
    expect(await state()).toBe("revoked");
    expect(await s.slotOf("bob@example.com")).toBeUndefined();
    expect(await s.holder(bob)).toBeUndefined();
  });

  test("INV-14, MINV-8 so does whoever answers for its rights, once they have lost theirs, or left", async () => {
    const s = await setup();
    const zoe = await s.member("zoe", { orgRole: "administrator" });
    const [one, two] = [
      await s.invite({ grantedBy: zoe.userId }),
      await s.invite({ grantedBy: personWith("gone@example.com").userId }),
    ];
    s.meanwhile(async () => await s.record(zoe.userId, { orgRole: "user" }));
    for (const { token, state } of [one, two]) {
      expect(await s.accept(bob, token)).toMatchObject({ status: 410, body: { rule: "INV-14" } });
      expect(await state()).toBe("revoked");
    }
  });

  test("MINV-8 rights that are narrowed at the same time are those that are given", async () => {
    const s = await setup();
    const { token, invitationId } = await s.invite({ shareRights: ["read", "send", "viewLogs"] });
    s.meanwhile(
      async () =>
        await s.write({
          label: "edit",
          update: keys.invitation(s.org, invitationId),
          expression: "SET shareRights = :rights, version = version + :one",
          values: { ":rights": ["read"], ":one": 1 },
        }),
    );
    expect(await s.accept(bob, token)).toMatchObject({ status: 200, body: { rights: ["read"] } });
    expect(await s.holder(bob)).toMatchObject({ rights: ["read"] });
  });

  test("SHR-6 a mail address that is deleted at the same time has no new holder", async () => {
    const s = await setup();
    const { token } = await s.invite();
    s.meanwhile(async () => await s.write(...removeMailAddressWrites(s.info)));
    expect(await s.accept(bob, token)).toMatchObject({
      status: 410,
      body: { code: "invitation-revoked", rule: "SHR-6", invitedBy: { name: "Ada Byron" } },
    });
    expect(await s.holder(bob)).toBeUndefined();
  });

  test("INV-1 past its date it is 410", async () => {
    const s = await setup();
    const { token } = await s.invite({ endsAt: Date.now() - 1 });
    expect(await s.accept(bob, token)).toMatchObject({ status: 410, body: { code: "invitation-expired" } });
  });

  test("INV-15 of an organization that is gone it is 404", async () => {
    const s = await setup();
    const { token } = await s.invite();
    await s.write({ label: "organization", remove: keys.organization(s.org) });
    for (const answer of [await s.accept(bob, token), await s.preview(token), await s.decline(bob, token)])
      expect(answer).toMatchObject({ status: 404, body: { code: "not-found" } });
  });
});

describe("declining", () => {
  test("INV-8 frees the slot at once; a second factor is not asked for", async () => {
    const s = await setup();
    const { token, invitationId } = await s.invite({ email: "bob@example.com" });
    expect(await s.decline(personWith("bob@example.com"), token)).toMatchObject({ status: 200 });
    expect(await getInvitation(s.table, s.org, invitationId)).toMatchObject({ state: "declined" });
    expect(await s.slotOf("bob@example.com")).toBeUndefined();
    expect(await s.accept(bob, token)).toMatchObject({ status: 410, body: { code: "invitation-declined" } });
  });

  test("INV-6 a strict one is the invitee's alone", async () => {
    const s = await setup();
    const { token, state } = await s.invite({ email: "bob@example.com" });
    expect(await s.decline(eve, token)).toMatchObject({ status: 403, body: { code: "recipient-mismatch" } });
    expect(await state()).toBe("pending");
  });
});

describe("at the same time", () => {
  test("SHR-4, INV-5 of ten different people who accept one link, the first is the one", async () => {
    const s = await setup();
    const { token, state } = await s.invite();
    const people = Array.from({ length: 10 }, (_, index) =>
      secured(`p${index}@${s.org.slice(-8)}.example.net`),
    );
    const answers = await Promise.all(people.map(async (person) => await s.accept(person, token)));
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    for (const { status, body } of answers.filter((answer) => answer.status !== 200))
      expect([status, body.code]).toEqual([410, "invitation-used"]);
    expect(await state()).toBe("accepted");
    const rows = await s.partition(keys.holders(s.org, s.info.addressId));
    expect(rows.map(({ userId }) => userId)).toEqual([winners[0]?.body.userId]);
  });

  test("INV-5 the same person ten times gets ten times the same success, and one access", async () => {
    const s = await setup();
    const { token } = await s.invite();
    const answers = await Promise.all(Array.from({ length: 10 }, async () => await s.accept(bob, token)));
    expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.body]))).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(await s.partition(keys.holders(s.org, s.info.addressId))).toHaveLength(1);
  });

  test("INV-5 accept against decline: one of them wins, and what is there fits it", async () => {
    for (let round = 0; round < 8; round += 1) {
      const s = await setup();
      const { token, state } = await s.invite({ email: "bob@example.com" });
      const [accepted, declined] = await Promise.all([s.accept(bob, token), s.decline(bob, token)]);
      expect([accepted.status, declined.status].sort()).toEqual([200, 410]);
      expect(await state()).toBe(accepted.status === 200 ? "accepted" : "declined");
      expect((await s.holder(bob)) !== undefined).toBe(accepted.status === 200);
      expect((await s.slotOf("bob@example.com")) !== undefined).toBe(accepted.status === 200);
    }
  });
});
