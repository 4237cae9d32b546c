import { GetCommand, TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import "aws-sdk-client-mock-vitest/extend";
import { NO_RIGHTS } from "@vestibule/domain/people";
import { describe, expect, test } from "vitest";
import { acceptUseCases } from "../../../functions/accept/use-cases.ts";
import { idSuffix, newSecret } from "../../../functions/shell/ids.ts";
import type { MemberInvitation } from "../../../functions/table/invitations.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Member } from "../../../functions/table/members.ts";
import type { Organization } from "../../../functions/table/organizations.ts";
import { caller, personWith, type TestPerson } from "../shell/caller.ts";
import { atNow } from "../table/at-now.ts";
import { storedChannel } from "../table/channel-items.ts";
import {
  GENERAL,
  guestOf,
  INV,
  invitationOf,
  memberOf,
  NOW,
  ORG,
  organizationOf,
  SECRET,
  stored,
} from "../table/items.ts";
import { type Item, mockedTable } from "../table/mocked-table.ts";

const bob = personWith("BOB@example.com");
const eve = personWith("eve@example.com");

const PREVIEW = "POST /v1/invitations/preview";
const ACCEPT = "POST /v1/invitations/accept";
const DECLINE = "POST /v1/invitations/decline";

const REGISTERED = { profile: { firstName: "Bob", lastName: "Low" }, termsVersion: "1" };
const orgKey = `O#${ORG} / ORG`;
const invitationKey = `O#${ORG}#INVITATIONS / INV#${INV}`;

type Given = {
  invitation?: Partial<MemberInvitation>;
  organization?: Partial<Organization>;
  /** The sender's record; `null`: they have left. */
  sender?: Partial<Member> | null;
  items?: Item[];
};

function setup(given: Given = {}) {
  atNow();
  const { invitation, organization, sender = {}, items = [] } = given;
  const mocked = mockedTable([
    stored.organization(organizationOf({ seatsReserved: 1, seatsUsed: 2, ...organization })),
    ...(sender === null ? [] : [stored.member(memberOf("usr_sender", { chatRole: "admin", ...sender }))]),
    stored.invitation(invitationOf(invitation)),
    stored.address("bob@example.com", { invitationId: INV }),
    ...items,
  ]);
  const call = caller(acceptUseCases(mocked.table));
  const accept = async (as: TestPerson = bob, body: object = REGISTERED) =>
    await call(ACCEPT, { as, body: { token: SECRET, ...body } });
  const decline = async (as: TestPerson = bob) => await call(DECLINE, { as, body: { token: SECRET } });
  const preview = async () => await call(PREVIEW, { body: { token: SECRET } });
  return { ...mocked, call, accept, decline, preview };
}

/** Every way in which an invitation may be over, and what its holder is told. */
const OVER = [
  [{ state: "accepted", acceptedBy: "usr_else" }, "invitation-used"],
  [{ state: "declined" }, "invitation-declined"],
  [{ state: "revoked" }, "invitation-revoked"],
  [{ endsAt: NOW }, "invitation-expired"],
] as const;

describe("previewing", () => {
  test("INV-4 tells a holder who invites, to what, until when, and what it takes; nothing is written", async () => {
    const { preview, transactions } = setup({
      invitation: { firstName: "Bob", message: "Welcome", orgRole: "user" },
    });
    expect(await preview()).toMatchObject({
      status: 200,
      headers: { "cache-control": "no-store" },
      body: {
        state: "pending",
        kind: "member",
        organization: { name: "Acme" },
        invitedBy: { name: "Ada Byron" },
        email: "Bob@example.com",
        firstName: "Bob",
        orgRole: "user",
        chatRole: "user",
        message: "Welcome",
        expiresAt: "2026-03-07T10:00:00.000Z",
        requires: { profile: true, terms: "1", phone: false, mfa: false, strict: true },
      },
    });
    expect(transactions()).toEqual([]);
  });

  test.each(OVER)(
    "INV-15 %j is 410 %s, with who invited, so that they can be asked again",
    async (change, code) => {
      expect(await setup({ invitation: change }).preview()).toMatchObject({
        status: 410,
        body: {
          code,
          organization: { name: "Acme" },
          invitedBy: { name: "Ada Byron" },
          state: code === "invitation-used" ? "accepted" : code.replace("invitation-", ""),
        },
      });
    },
  );

  test("INV-16 names and message are shown as the mail shows them: without links, in one line, of a length", async () => {
    const { preview } = setup({
      invitation: {
        message: "See https://evil.example/login\nor\u202e evil.example/x",
        invitedBy: { userId: "usr_sender", name: "https://evil.example" },
      },
      organization: { name: `Acme \u2067www.evil.example ${"x".repeat(100)}` },
    });
    expect(await preview()).toMatchObject({
      status: 200,
      body: {
        message: "See\nor",
        invitedBy: { name: "…" },
        organization: { name: `Acme ${"x".repeat(58)}…` },
      },
    });
  });

  test("BRD-1, INV-16 shows the organization's brand while it is on, whatever became of the invitation", async () => {
    const logo = { hash: "abc", type: "image/png" };
    const brand = { isOn: true, buttonColor: "#102030", textColor: "#ffffff", logo };
    const { settings } = organizationOf();
    const on = { settings: { ...settings, brand } };
    const shown = {
      organization: {
        name: "Acme",
        brand: {
          logoUrl: expect.stringMatching(/^\/brand\//u),
          buttonColor: "#102030",
          textColor: "#ffffff",
        },
      },
    };
    expect(await setup({ organization: on }).preview()).toMatchObject({ status: 200, body: shown });
    const over = setup({ organization: on, invitation: { state: "revoked" } });
    expect(await over.preview()).toMatchObject({ status: 410, body: shown });
    const off = { settings: { ...settings, brand: { ...brand, isOn: false } } };
    const { body } = await setup({ organization: off }).preview();
    expect(body.organization).toEqual({ name: "Acme" });
  });

  test("INV-14 of a sender who may no longer invite is 410, and still nothing is written", async () => {
    for (const sender of [null, { chatRole: "user" } as const, { state: "deactivated" } as const]) {
      const { preview, transactions } = setup({ sender });
      expect(await preview()).toMatchObject({
        status: 410,
        body: { code: "invitation-revoked", state: "revoked" },
      });
      expect(transactions()).toEqual([]);
    }
  });

  test("INV-3, INV-15 shows no id, no secret and no address but the invited one", async () => {
    const { body } = await setup().preview();
    expect(JSON.stringify(body)).not.toMatch(/usr_|org_|inv_|ada@|hash|secret/iu);
  });
});

describe.each([PREVIEW, ACCEPT, DECLINE])("%s", (path) => {
  test("INV-15 answers a wrong secret, an unknown invitation and nonsense alike", async () => {
    const { call, transactions } = setup();
    const suffix = "0".repeat(26);
    const tokens = [
      `${idSuffix(ORG)}.${idSuffix(INV)}.${newSecret()}`,
      `${idSuffix(ORG)}.${suffix}.${newSecret()}`,
      `${suffix}.${suffix}.${newSecret()}`,
      "nonsense",
      "../../ORG",
    ];
    const answers = [];
    for (const token of tokens) answers.push(await call(path, { as: eve, body: { token } }));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404, body: { code: "not-found" } });
    expect(transactions()).toEqual([]);
  });

  test("INV-4 takes the secret from the body only", async () => {
    const { call } = setup();
    expect((await call(path, { as: bob, query: { token: SECRET }, body: {} })).status).toBe(400);
    expect((await call(path, { as: bob, query: { token: SECRET }, body: { token: SECRET } })).status).toBe(
      400,
    );
  });
});

describe("accepting", () => {
  test("MINV-5, INV-5 makes a member with what was granted, in one transaction", async () => {
    const rights = { ...NO_RIGHTS, mail: true };
    const { accept, transactions } = setup({ invitation: { chatRole: "admin", rights }, sender: { rights } });
    expect(await accept()).toMatchObject({
      status: 200,
      body: {
        organizationId: ORG,
        userId: bob.userId,
        kind: "member",
        orgRole: "user",
        chatRole: "admin",
        channelIds: [GENERAL],
      },
    });
    const [writes] = transactions();
    expect(writes?.get(invitationKey)?.Update?.ExpressionAttributeValues).toMatchObject({
      ":state": "accepted",
      ":acceptedBy": bob.userId,
    });
    expect(writes?.get(`O#${ORG}#MEMBERS / USER#${bob.userId}`)?.Put?.Item).toMatchObject({
      email: "BOB@example.com",
      firstName: "Bob",
      lastName: "Low",
      chatRole: "admin",
      rights,
      state: "active",
    });
    expect(writes?.get(orgKey)?.Update).toMatchObject({
      ConditionExpression: expect.stringContaining("seatsHeld < limits.seats"),
      ExpressionAttributeValues: { ":seatsHeld": 1, ":seatsReserved": -1 },
    });
    const profile = writes?.get(`U#${bob.userId} / PROFILE`)?.Update?.ExpressionAttributeValues;
    expect(profile).toMatchObject({ ":terms": "1" });
  });

  test("MSG-11, CH-1 what was said in General before is not unread to who comes in", async () => {
    const head = { ...keys.channelHead(ORG, GENERAL), seq: 40, nonces: {} };
    const { accept, client } = setup({ items: [head] });
    expect((await accept()).status).toBe(200);
    expect(client.commandCalls(UpdateCommand).map((call) => call.args[0].input)).toMatchObject([
      {
        Key: keys.personChannel(ORG, bob.userId, GENERAL),
        UpdateExpression: expect.stringContaining("if_not_exists(lastReadSeq"),
        ExpressionAttributeValues: { ":readTo": 40 },
      },
    ]);
  });

  test("CH-1, MINV-5 leads to General and to the invitation's channels", async () => {
    const channelIds = ["chn_1", GENERAL, "chn_archived", "chn_gone"];
    const { accept, transactions } = setup({
      invitation: { channelIds, groupIds: ["grp_1"] },
      organization: { defaultChannelIds: ["chn_2"] },
      items: [
        storedChannel({ channelId: "chn_1" }),
        storedChannel({ channelId: "chn_2" }),
        storedChannel({ channelId: "chn_archived", archivedAt: "2026-02-01T00:00:00.000Z" }),
      ],
    });
    expect((await accept()).body.channelIds).toEqual([GENERAL, "chn_2", "chn_1"]);
    const intent = [...(transactions()[0]?.entries() ?? [])].find(([key]) => key.includes("#INTENTS"))?.[1];
    expect(intent?.Put?.Item?.["facts"]).toEqual({
      kind: "align",
      userId: bob.userId,
      join: ["chn_2", "chn_1"],
      groupIds: ["grp_1"],
    });
  });

  test("INV-5 the same person repeating it gets the same answer, and writes nothing", async () => {
    const { accept, transactions } = setup({
      invitation: { state: "accepted", acceptedBy: bob.userId, givenChannelIds: [GENERAL, "chn_1"] },
      items: [stored.member(memberOf(bob.userId))],
    });
    expect(await accept(bob, {})).toMatchObject({
      status: 200,
      body: { userId: bob.userId, channelIds: [GENERAL, "chn_1"] },
    });
    expect(transactions()).toEqual([]);
  });

  test("INV-5, ORG-10 who has left since does not come back by the link they used", async () => {
    const { accept, transactions } = setup({ invitation: { state: "accepted", acceptedBy: bob.userId } });
    expect(await accept()).toMatchObject({ status: 410, body: { code: "invitation-used" } });
    expect(transactions()).toEqual([]);
  });

  test.each(OVER)("INV-1, INV-15 %j is 410 %s and writes nothing", async (change, code) => {
    const { accept, transactions } = setup({ invitation: change });
    expect(await accept()).toMatchObject({ status: 410, body: { code, invitedBy: { name: "Ada Byron" } } });
    expect(transactions()).toEqual([]);
  });

  test("INV-5 of two that accept at once the second finds it used", async () => {
    const { accept, refuse, client } = setup();
    refuse(keys.invitation(ORG, INV));
    let reads = 0;
    client.on(GetCommand, { Key: keys.invitation(ORG, INV) }).callsFake(() => {
      reads += 1;
      const over = { state: "accepted", acceptedBy: "usr_else", version: 2 } as const;
      return { Item: stored.invitation(invitationOf(reads === 1 ? {} : over)) };
    });
    expect(await accept()).toMatchObject({ status: 410, body: { code: "invitation-used" } });
    expect(client).toHaveReceivedCommandTimes(TransactWriteCommand, 1);
  });

  test("INV-6 needs a verified address", async () => {
    const unverified = personWith("bob@example.com", { email_verified: "false" });
    const { accept, transactions } = setup();
    expect(await accept(unverified)).toMatchObject({
      status: 403,
      body: { code: "email-not-verified", rule: "INV-6" },
    });
    expect(transactions()).toEqual([]);
  });

  test("INV-6, MINV-3 strict: another address is a mismatch, and it stays pending", async () => {
    const { accept, transactions } = setup();
    expect(await accept(eve)).toMatchObject({
      status: 403,
      body: { code: "recipient-mismatch", rule: "INV-6" },
    });
    expect(transactions()).toEqual([]);
  });

  test("MINV-3 not strict: another login comes in, and its address is theirs as well", async () => {
    const { accept, transactions } = setup({ invitation: { strict: false } });
    expect((await accept(eve)).status).toBe(200);
    const [writes] = transactions();
    expect(writes?.get(`O#${ORG}#ADDRESSES / member#eve@example.com`)?.Put?.Item).toMatchObject({
      userId: eve.userId,
    });
    expect(writes?.get(`O#${ORG}#MEMBERS / USER#${eve.userId}`)?.Put?.Item).toMatchObject({
      addressKeys: ["bob@example.com", "eve@example.com"],
    });
  });

  test("INV-19 the login's own invitation is closed with it, and what it reserved is freed", async () => {
    const sibling = invitationOf({ invitationId: `inv_${"0".repeat(25)}8`, addressKey: "eve@example.com" });
    const { accept, transactions } = setup({
      invitation: { strict: false },
      organization: { seatsReserved: 2, seatsUsed: 3 },
      items: [
        stored.invitation(sibling),
        stored.address("eve@example.com", { invitationId: sibling.invitationId }),
      ],
    });
    expect((await accept(eve)).status).toBe(200);
    const [writes] = transactions();
    const end = writes?.get(`O#${ORG}#INVITATIONS / INV#${sibling.invitationId}`)?.Update;
    expect(end?.ExpressionAttributeValues).toMatchObject({ ":state": "revoked" });
    expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).toMatchObject({ ":seatsReserved": -2 });
  });

  test("INV-1, INV-19 an own invitation that is past its date has expired, and stays so", async () => {
    const id = `inv_${"0".repeat(25)}8`;
    const sibling = invitationOf({ invitationId: id, addressKey: "eve@example.com", endsAt: NOW });
    const { accept, transactions } = setup({
      invitation: { strict: false },
      organization: { seatsReserved: 2, seatsUsed: 3 },
      items: [stored.invitation(sibling), stored.address("eve@example.com", { invitationId: id })],
    });
    expect((await accept(eve)).status).toBe(200);
    const [writes] = transactions();
    expect(writes?.get(`O#${ORG}#INVITATIONS / INV#${id}`)?.Update?.ExpressionAttributeValues).toMatchObject({
      ":state": "expired",
    });
    expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).toMatchObject({ ":seatsReserved": -2 });
  });

  test.each([
    [{}, ["profile.firstName", "profile.lastName", "termsVersion"]],
    [{ profile: REGISTERED.profile }, ["termsVersion"]],
    [{ ...REGISTERED, termsVersion: "0" }, ["termsVersion"]],
    [{ termsVersion: "1" }, ["profile.firstName", "profile.lastName"]],
  ])("INV-7 with %j, what is missing is named, and it stays pending", async (body, missing) => {
    const { accept, transactions } = setup();
    expect(await accept(bob, body)).toMatchObject({
      status: 409,
      body: { code: "registration-required", rule: "INV-7", missing },
    });
    expect(transactions()).toEqual([]);
  });

  test("INV-7 who has registered before is not asked again, until the terms change", async () => {
    const profile = {
      ...keys.profile(bob.userId),
      userId: bob.userId,
      ...REGISTERED.profile,
      locale: "en",
      termsVersion: "1",
      updatedAt: "2026-01-01T00:00:00.000Z",
    };
    const known = setup({ items: [profile] });
    expect((await known.accept(bob, {})).status).toBe(200);
    expect(known.transactions()[0]?.get(`U#${bob.userId} / PROFILE`)).toHaveProperty("ConditionCheck");
    const settings = { ...organizationOf().settings, termsVersion: "2" };
    expect(await setup({ items: [profile], organization: { settings } }).accept(bob, {})).toMatchObject({
      status: 409,
      body: { missing: ["termsVersion"] },
    });
  });

  test("INV-14 a sender who may no longer invite leaves a revoked invitation behind", async () => {
    for (const sender of [null, { chatRole: "user" } as const, { state: "deactivated" } as const]) {
      const { accept, transactions } = setup({ sender });
      expect(await accept()).toMatchObject({
        status: 410,
        body: { code: "invitation-revoked", rule: "INV-14" },
      });
      const [writes] = transactions();
      expect(writes?.get(invitationKey)?.Update?.ExpressionAttributeValues).toMatchObject({
        ":state": "revoked",
      });
      expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).toMatchObject({ ":seatsReserved": -1 });
    }
  });

  test("INV-14 a right lost at the same time makes the write fail, and it is decided anew", async () => {
    const { accept, refuse, client, transactions } = setup();
    refuse(keys.member(ORG, "usr_sender"), 1);
    let reads = 0;
    client.on(GetCommand, { Key: keys.member(ORG, "usr_sender") }).callsFake(() => {
      reads += 1;
      return { Item: stored.member(memberOf("usr_sender", { chatRole: reads === 1 ? "admin" : "user" })) };
    });
    expect(await accept()).toMatchObject({ status: 410, body: { rule: "INV-14" } });
    expect(transactions()).toHaveLength(2);
  });

  test("SEAT-5 over a lowered limit it is refused with the figures, and stays pending", async () => {
    const { accept, transactions } = setup({
      organization: { seatsHeld: 3, seatsReserved: 1, seatsUsed: 4 },
    });
    expect(await accept()).toMatchObject({
      status: 409,
      body: { code: "quota-exceeded", rule: "SEAT-5", quota: "seats", limit: 3, used: 3 },
    });
    expect(transactions()).toEqual([]);
  });

  test("MINV-6 a guest is promoted, and keeps their channels", async () => {
    const guest = guestOf(bob.userId, { version: 5 });
    const { accept, transactions } = setup({ items: stored.guest(guest) });
    expect(await accept()).toMatchObject({ status: 200, body: { kind: "member", userId: bob.userId } });
    const [writes] = transactions();
    expect(writes?.get(`O#${ORG}#MEMBERS / USER#${bob.userId}`)?.Put).toMatchObject({
      Item: { kind: "member", version: 6 },
      ConditionExpression: "version = :version AND kind = :guest",
    });
    expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).toMatchObject({
      ":seatsHeld": 1,
      ":seatsReserved": -1,
      ":guests": -1,
    });
    expect(writes?.get(`O#${ORG}#LIVE / USER#${bob.userId}`)?.Delete).toBeDefined();
    const intent = [...(writes?.entries() ?? [])].find(([key]) => key.includes("#INTENTS"))?.[1];
    expect(intent?.Put?.Item?.["facts"]).toMatchObject({ kind: "align", userId: bob.userId, join: [] });
  });

  test("SEAT-9 a guest is not promoted over the limit of seats, and stays a guest", async () => {
    const { accept, transactions } = setup({
      organization: { seatsHeld: 3, seatsReserved: 1, seatsUsed: 4 },
      items: stored.guest(guestOf(bob.userId)),
    });
    expect(await accept()).toMatchObject({ status: 409, body: { code: "quota-exceeded", quota: "seats" } });
    expect(transactions()).toEqual([]);
  });

  test("MINV-6 a member is not made one twice; a deactivated one needs reactivation", async () => {
    const already = setup({ items: [stored.member(memberOf(bob.userId))] });
    expect(await already.accept()).toMatchObject({
      status: 409,
      body: { code: "already-member", rule: "MINV-6" },
    });
    const off = setup({ items: [stored.member(memberOf(bob.userId, { state: "deactivated" }))] });
    expect(await off.accept()).toMatchObject({ status: 403, body: { code: "member-deactivated" } });
    expect([...already.transactions(), ...off.transactions()]).toEqual([]);
  });

  test("needs somebody who is signed in", async () => {
    expect((await setup().call(ACCEPT, { body: { token: SECRET, ...REGISTERED } })).status).toBe(401);
  });
});

describe("declining", () => {
  test("INV-8, SEAT-4 frees seat and address at once, in the invitee's name", async () => {
    const { decline, transactions } = setup();
    expect(await decline()).toMatchObject({ status: 200, body: { state: "declined" } });
    const [writes] = transactions();
    expect(writes?.get(invitationKey)?.Update?.ExpressionAttributeValues).toMatchObject({
      ":state": "declined",
    });
    expect(writes?.get(orgKey)?.Update?.ExpressionAttributeValues).toMatchObject({ ":seatsReserved": -1 });
    expect([...(writes?.values() ?? [])].at(-1)?.Put?.Item).toMatchObject({
      action: "invitation.declined",
      actorId: bob.userId,
      sourceIp: "203.0.113.7",
    });
  });

  test("INV-6, INV-8 is the invitee's alone", async () => {
    const { decline, transactions } = setup();
    expect(await decline(eve)).toMatchObject({ status: 403, body: { code: "recipient-mismatch" } });
    expect(transactions()).toEqual([]);
  });

  test.each(OVER)("INV-1 %j is 410 %s", async (change, code) => {
    expect(await setup({ invitation: change }).decline()).toMatchObject({ status: 410, body: { code } });
  });

  test("INV-8 one that was revoked meanwhile says so", async () => {
    const { decline, refuse, client } = setup();
    refuse(keys.invitation(ORG, INV));
    let reads = 0;
    client.on(GetCommand, { Key: keys.invitation(ORG, INV) }).callsFake(() => {
      reads += 1;
      return { Item: stored.invitation(invitationOf(reads === 1 ? {} : { state: "revoked" })) };
    });
    expect(await decline()).toMatchObject({ status: 410, body: { code: "invitation-revoked" } });
  });
});
