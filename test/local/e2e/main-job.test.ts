import { openSocket, type VestibuleSocket } from "@vestibule/client/socket";
import type { VestibuleEvent } from "@vestibule/client/types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { startLocalStack } from "../../../infra/local/start-local-stack.ts";
import { countersEqualLists } from "../../support/counters.ts";
import { E2E, PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect, connectTo } from "../../support/live-connection.ts";
import { mailsTo, mailTo, secretIn } from "../../support/mailbox.ts";
import {
  accept,
  inviteAndAccept,
  inviteByLink,
  newOrganization,
  REGISTRATION,
} from "../../support/organization.ts";
import { newAddress, type Person, person } from "../../support/person.ts";
import { expectProblem, refusalOf } from "../../support/problem.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { send } from "../../support/send.ts";
import { advance, DAY_SECONDS, setFaults } from "../../support/stack-control.ts";
import { storedItems } from "../../support/stored-items.ts";
import { until } from "../../support/until.ts";

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack(E2E);
}, PATIENCE_MS);
afterAll(() => stack?.stop());

async function invitesByMail(sender: Person, org: string, email: string) {
  const { results, summary } = await sender.client.invite(org, {
    kind: "member",
    invitees: [{ email, firstName: "Ben" }],
    message: "Glad to have you.",
  });
  return { result: results[0], summary };
}

/** A connection by the client library, with all the events that came. */
async function listening(who: Person, org: string) {
  const events: VestibuleEvent[] = [];
  const socket: VestibuleSocket = await openSocket(who.client, org, {
    onEvents: (received) => events.push(...received),
  });
  const texts = () =>
    events.filter(({ type }) => type === "message.posted").map((event) => JSON.stringify(event["message"]));
  const hears = (text: string) =>
    until(`${text} at ${who.email}`, () => texts().some((found) => found.includes(text)));
  return { who, socket, events, hears };
}

test("the main job: invite → mail → accept → role → message → live, in an organization of three seats", async () => {
  const ada = await person(stack, "ada", { name: "Ada Lovelace" });

  // ORG-9, CH-1, SEAT-7
  const created = await ada.client.createOrganization({ name: "Analytical Engines", limits: { seats: 3 } });
  expect(created).toMatchObject({ name: "Analytical Engines", plan: "standard", limits: { seats: 3 } });
  expect(created.id).toMatch(/^org_[0-9a-z]{26}$/u);
  const org = created.id;
  const { items: channels } = await ada.client.listChannels(org);
  expect(channels).toMatchObject([
    { general: true, name: "General", handle: "general", memberCount: 1, lastSeq: 0, me: { member: true } },
  ]);
  const general = channels[0]?.id ?? "";
  expect(await ada.client.getMember(org, ada.userId)).toMatchObject({
    orgRole: "legal_representative",
    chatRole: "admin",
    state: "active",
    rights: { suite: true, chat: true, mail: true, accounting: true },
  });

  // MINV-4, SEAT-2, INV-11
  const ben = await person(stack, "ben", { name: "Ben Babbage" });
  const { result, summary } = await invitesByMail(ada, org, ben.email);
  expect(result).toMatchObject({
    index: 0,
    email: ben.email,
    status: "invited",
    invitation: { kind: "member", state: "pending", orgRole: "user", chatRole: "user", strict: true },
  });
  expect(result).not.toHaveProperty("link");
  expect(summary).toMatchObject({ invited: 1 });
  expect((await ada.client.listPendingMembers(org)).items).toMatchObject([{ email: ben.email }]);
  expect(await countersEqualLists(stack, ada, org)).toMatchObject({ held: 1, reserved: 1 });

  // INV-4, INV-16
  const mail = await mailTo(stack, ben.email);
  expect(mail.subject).toContain("Analytical Engines");
  for (const part of [mail.text, mail.html]) {
    expect(part).toContain(`${stack.httpUrl}/invite#`);
    expect(part).toContain("Analytical Engines");
    expect(part).toContain("Ada Lovelace");
    expect(part).toContain("Glad to have you.");
  }
  expect(mail.headers).toHaveProperty("x-ses-configuration-set");
  const secret = secretIn(mail);
  expect(mail.html).toContain(`/invite#${secret}`);
  await until(
    "the mail to be marked sent",
    async () => (await ada.client.getInvitation(org, result?.invitation?.id ?? "")).delivery.state === "sent",
  );

  // INV-4: a hundred openings by mail scanners consume nothing.
  await quietStream(stack);
  const before = await storedItems(stack);
  const previews = await Promise.all(Array.from({ length: 100 }, () => ada.client.previewInvitation(secret)));
  for (const preview of previews) {
    expect(preview).toMatchObject({
      state: "pending",
      kind: "member",
      organization: { name: "Analytical Engines" },
      invitedBy: { name: "Ada Lovelace" },
      email: ben.email,
      requires: { profile: true, terms: "1", phone: false, mfa: false, strict: true },
    });
  }
  expect(await storedItems(stack)).toEqual(before);

  // INV-7
  const unregistered = await refusalOf(ben.client.acceptInvitation({ token: secret }));
  expect(unregistered).toMatchObject({ status: 409, code: "registration-required", rule: "INV-7" });
  expect(unregistered.data["missing"]).toEqual(["profile.firstName", "profile.lastName", "termsVersion"]);
  expect((await ada.client.previewInvitation(secret)).state).toBe("pending");

  // MINV-5, INV-17
  const adaListens = await listening(ada, org);
  const accepted = await ben.client.acceptInvitation({
    token: secret,
    profile: { firstName: "Ben", lastName: "Babbage" },
    termsVersion: "1",
  });
  expect(accepted).toMatchObject({
    organizationId: org,
    userId: ben.userId,
    kind: "member",
    orgRole: "user",
    chatRole: "user",
    channelIds: [general],
  });
  await until("member.joined", () =>
    adaListens.events.some(
      ({ type, member }) =>
        type === "member.joined" && JSON.stringify(member).includes(`"userId":"${ben.userId}"`),
    ),
  );
  expect(await ben.client.getMember(org, ben.userId)).toMatchObject({
    firstName: "Ben",
    lastName: "Babbage",
    email: ben.email,
  });
  expect(await countersEqualLists(stack, ada, org)).toMatchObject({ held: 2, reserved: 0 });

  // SEAT-2, SEAT-8: the fourth person does not fit.
  const cleo = await inviteAndAccept(stack, ada, org, "cleo");
  const dora = newAddress("dora");
  const refused = await invitesByMail(ada, org, dora);
  expect(refused.result).toMatchObject({
    status: "quota-exceeded",
    problem: { status: 409, code: "quota-exceeded", quota: "seats", limit: 3, used: 3 },
  });
  expect(await countersEqualLists(stack, ada, org)).toMatchObject({ held: 3, reserved: 0 });

  // ORG-7, RGT-1, RGT-3
  expect((await refusalOf(ben.client.setOrgRole(org, ben.userId, "administrator"))).code).toBe(
    "not-org-manager",
  );
  expect(await ada.client.setOrgRole(org, ben.userId, "administrator")).toMatchObject({
    orgRole: "administrator",
  });
  const notChatAdmin = await refusalOf(invitesByMail(ben, org, dora));
  expect(notChatAdmin).toMatchObject({ status: 403, code: "not-chat-admin", rule: "RGT-1" });
  expect(await ben.client.setChatRole(org, ben.userId, "admin")).toMatchObject({ chatRole: "admin" });

  // MSG-1, MSG-4: three people, one of them twice.
  const listeners = [
    adaListens,
    await listening(ben, org),
    await listening(ben, org),
    await listening(cleo, org),
  ];
  const byHttp = await ben.client.postMessage(org, general, { text: "Hello by **HTTP**" });
  expect(byHttp).toMatchObject({ seq: 1, author: { userId: ben.userId }, text: "Hello by **HTTP**" });
  for (const listener of listeners) await listener.hears("Hello by **HTTP**");
  const byFrame = await listeners[1]?.socket.post(general, { text: "Hello by frame" });
  expect(byFrame).toMatchObject({ ok: true, message: { seq: 2 } });
  for (const listener of listeners) await listener.hears("Hello by frame");

  // MSG-5, CH-11
  const { items: history } = await cleo.client.listMessages(org, general);
  expect(history.map(({ seq, text }) => [seq, text])).toEqual([
    [2, "Hello by frame"],
    [1, "Hello by **HTTP**"],
  ]);
  expect(await listeners[3]?.socket.resume({ [general]: 1 })).toMatchObject({
    channels: { [general]: { messages: [{ seq: 2 }], more: false } },
  });
  await listeners[3]?.socket.read(general, 2);
  expect(await cleo.client.getChannel(org, general)).toMatchObject({ lastSeq: 2, me: { lastReadSeq: 2 } });
  await Promise.all(listeners.map(({ socket }) => socket.close()));

  // INV-18
  const audit = (await ada.client.listAudit(org)).items.map(({ action, actorId, subjectId }) => ({
    action,
    actorId,
    subjectId,
  }));
  expect(audit).toEqual(
    expect.arrayContaining([
      { action: "organization.created", actorId: ada.userId, subjectId: org },
      { action: "invitation.created", actorId: ada.userId, subjectId: result?.invitation?.id },
      { action: "invitation.accepted", actorId: ben.userId, subjectId: result?.invitation?.id },
      { action: "member.org-role-changed", actorId: ada.userId, subjectId: ben.userId },
      { action: "member.chat-role-changed", actorId: ben.userId, subjectId: ben.userId },
    ]),
  );
  expect(audit).toHaveLength(7);

  // ORG-8
  const second = await newOrganization(ben);
  const mine = (await ben.client.listMyOrganizations()).items;
  expect(mine.map(({ id, me }) => [id, me.orgRole, me.chatRole])).toEqual([
    [org, "administrator", "admin"],
    [second.id, "legal_representative", "admin"],
  ]);

  // SEAT-2, INV-12: whoever was refused a seat got no mail.
  expect(await mailsTo(stack, dora)).toEqual([]);
});

async function pending(seats = 2) {
  const founder = await person(stack, "founder");
  const { id: org, general } = await newOrganization(founder, { seats });
  const invitee = await person(stack, "invitee");
  const { id, secret } = await inviteByLink(founder, org, invitee.email);
  return { founder, org, general, invitee, id, secret };
}

/** INV-15: what the link's holder is told, and what accepting and declining come to, once it is over. */
async function expectOver(invitee: Person, secret: string, code: string, state: string) {
  const preview = await send(stack, "POST", "/v1/invitations/preview", { body: { token: secret } });
  expectProblem(preview, 410, code);
  expect(preview.body).toMatchObject({
    state,
    organization: { name: "Lighthouse Ltd" },
    invitedBy: { name: expect.any(String) },
  });
  const acceptance = await invitee.send("POST", "/v1/invitations/accept", {
    body: { token: secret, ...REGISTRATION },
  });
  expectProblem(acceptance, 410, code);
  expect(acceptance.body).toMatchObject({ invitedBy: { name: expect.any(String) } });
  const refusal = await invitee.send("POST", "/v1/invitations/decline", { body: { token: secret } });
  expectProblem(refusal, 410, code);
}

describe("an invitation ends once", () => {
  test("INV-8 SEAT-4 declined by the invitee: the seat is free, the link says what happened", async () => {
    const { founder, org, invitee, id, secret } = await pending();
    await invitee.client.declineInvitation(secret);
    expect((await founder.client.getInvitation(org, id)).state).toBe("declined");
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 1, reserved: 0 });
    await expectOver(invitee, secret, "invitation-declined", "declined");
  });

  test("INV-8 SEAT-4 revoked by a chat admin: the seat is free, a second revocation is a conflict", async () => {
    const { founder, org, invitee, id, secret } = await pending();
    await founder.client.revokeInvitation(org, id);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 1, reserved: 0 });
    await expectOver(invitee, secret, "invitation-revoked", "revoked");
    expect(await refusalOf(founder.client.revokeInvitation(org, id))).toMatchObject({
      status: 409,
      code: "invitation-not-pending",
    });
  });

  test("INV-1 SEAT-4 expired by the clock, with no sweep run", async () => {
    const { founder, org, invitee, id, secret } = await pending();
    await setFaults(stack, { target: "function", match: { function: "sweep" }, effect: "error" });
    await advance(stack, 7 * DAY_SECONDS + 1);
    await expectOver(invitee, secret, "invitation-expired", "expired");
    expect((await founder.client.getInvitation(org, id)).state).toBe("expired");
    expect((await founder.client.listInvitations(org, { state: "expired" })).items).toMatchObject([{ id }]);
    expect((await founder.client.listPendingMembers(org)).items).toEqual([]);
    const other = await inviteAndAccept(stack, founder, org, "other");
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 2, reserved: 0 });
    expect((await other.client.listMyOrganizations()).items).toHaveLength(1);
    await setFaults(stack);
  });

  test("SEAT-4 the sweep closes what is past its date, with an audit entry of the system", async () => {
    const { founder, org, id } = await pending();
    await advance(stack, 7 * DAY_SECONDS + 1);
    await until("the sweep to close it", async () =>
      (await storedItems(stack, `O#${org}#INVITATIONS`))
        .get(`O#${org}#INVITATIONS / INV#${id}`)
        ?.includes('"state":"expired"'),
    );
    const { items } = await founder.client.listAudit(org);
    expect(items[0]).toMatchObject({ action: "invitation.expired", actorId: "system", subjectId: id });
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 1, reserved: 0 });
  });

  test("INV-5 INV-15 used: the same person repeating it gets the same success, anybody else 410", async () => {
    const { founder, org, invitee, secret } = await pending();
    const first = await accept(invitee, secret);
    expect(await accept(invitee, secret)).toEqual(first);
    expect(await invitee.client.acceptInvitation({ token: secret })).toEqual(first);
    const other = await person(stack, "other");
    await expectOver(other, secret, "invitation-used", "accepted");
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 2, reserved: 0 });
  });

  test("INV-15 unknown secrets: 404 for everybody, whatever part of them is wrong", async () => {
    const { invitee, secret } = await pending();
    const [org = "", inv = "", random = ""] = secret.split(".");
    const wrong = [
      `${org}.${inv}.${random.slice(0, -1)}${random.endsWith("A") ? "B" : "A"}`,
      `${org}.${org}.${random}`,
      `${inv}.${inv}.${random}`,
      `${org}.${inv}.`,
      random,
      "x",
      `${secret}x`,
    ];
    for (const token of wrong) {
      expectProblem(
        await send(stack, "POST", "/v1/invitations/preview", { body: { token } }),
        404,
        "not-found",
      );
      for (const act of ["accept", "decline"]) {
        expectProblem(
          await invitee.send("POST", `/v1/invitations/${act}`, { body: { token } }),
          404,
          "not-found",
        );
      }
    }
  });
});

describe("who may accept", () => {
  test("INV-6 MINV-3 strict: another address is refused, its spelling does not matter, it stays pending", async () => {
    const { founder, org, invitee, secret } = await pending();
    const other = await person(stack, "other");
    expect(await refusalOf(accept(other, secret))).toMatchObject({ status: 403, code: "recipient-mismatch" });
    const shouting = await person(stack, invitee.email.toUpperCase());
    await accept(shouting, secret);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 2, reserved: 0 });
  });

  test("INV-6 an address that is not verified is refused, it stays pending", async () => {
    const { invitee, secret } = await pending();
    const unverified = await person(stack, invitee.email, { emailVerified: false });
    expect(await refusalOf(accept(unverified, secret))).toMatchObject({
      status: 403,
      code: "email-not-verified",
    });
    expect((await invitee.client.previewInvitation(secret)).state).toBe("pending");
    await accept(invitee, secret);
  });

  test("MINV-3 INV-19 not strict: another login joins, and its own pending invitation is closed with its seat", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder, { seats: 3 });
    const login = await person(stack, "login");
    const open = await inviteByLink(founder, org, newAddress("elsewhere"), { strict: false });
    const own = await inviteByLink(founder, org, login.email);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 1, reserved: 2 });
    await accept(login, open.secret);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 2, reserved: 0 });
    expect((await founder.client.getInvitation(org, own.id)).state).toBe("revoked");
  });

  test("INV-14 a sender who is no chat admin any more leaves a revoked invitation behind", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder);
    const sender = await inviteAndAccept(stack, founder, org, "sender", { chatRole: "admin" });
    const invitee = await person(stack, "invitee");
    const { id, secret } = await inviteByLink(sender, org, invitee.email);
    await founder.client.setChatRole(org, sender.userId, "user");
    await expectOver(invitee, secret, "invitation-revoked", "revoked");
    expect((await founder.client.getInvitation(org, id)).state).toBe("revoked");
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 2, reserved: 0 });
  });

  test("SEAT-5 a lowered limit keeps everybody; accepting above it is refused and stays pending", async () => {
    const { founder, org, invitee, id, secret } = await pending(2);
    await founder.client.changeOrganization(org, { limits: { seats: 1 } });
    expect((await founder.client.getUsage(org)).seats).toMatchObject({ limit: 1, held: 1, overLimit: 1 });
    expect(await refusalOf(accept(invitee, secret))).toMatchObject({ status: 409, code: "quota-exceeded" });
    expect((await founder.client.getInvitation(org, id)).state).toBe("pending");
    await founder.client.changeOrganization(org, { limits: { seats: 2 } });
    await accept(invitee, secret);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 2, reserved: 0 });
  });
});

describe("who may invite", () => {
  test("MINV-1 MINV-6 MINV-7 RGT-1 RGT-2 SEAT-8", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder);
    const chatAdmin = await inviteAndAccept(stack, founder, org, "chat-admin", { chatRole: "admin" });
    const manager = await inviteAndAccept(stack, founder, org, "manager", { orgRole: "administrator" });
    const email = newAddress("somebody");

    expect(await refusalOf(inviteByLink(manager, org, email))).toMatchObject({ code: "not-chat-admin" });
    expect(await refusalOf(inviteByLink(chatAdmin, org, email, { orgRole: "administrator" }))).toMatchObject({
      code: "role-above-own",
    });

    const first = await inviteByLink(chatAdmin, org, email);
    const { results } = await chatAdmin.client.invite(org, {
      kind: "member",
      invitees: [
        { email: email.toUpperCase() },
        { email: founder.email },
        { email: "not an address" },
        { email: newAddress("new") },
      ],
    });
    expect(results).toMatchObject([
      { index: 0, status: "already-invited", invitation: { id: first.id } },
      { index: 1, status: "already-member" },
      { index: 2, status: "invalid-email" },
      { index: 3, status: "invited" },
    ]);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 3, reserved: 2 });
  });
});

describe("live connections", () => {
  test("a ticket opens one connection, for one minute", async () => {
    const { founder, org } = await pending();
    const { url, expiresAt } = await founder.client.createSocketTicket(org);
    expect(Date.parse(expiresAt) - stack.context.clock.now()).toBeLessThanOrEqual(60_000);
    const connection = await connectTo(url);
    await expect(connectTo(url)).rejects.toThrow("401");
    await connection.close();

    const late = await founder.client.createSocketTicket(org);
    await advance(stack, 61);
    await expect(connectTo(late.url)).rejects.toThrow("401");
    await expect(connectTo(`${stack.socketUrl}?ticket=made-up`)).rejects.toThrow("401");
    await expect(connectTo(stack.socketUrl)).rejects.toThrow("401");
  });

  test("usage.changed and invitation.created reach managers and chat admins, and nobody else", async () => {
    const { founder, org, invitee, secret } = await pending(5);
    await accept(invitee, secret);
    const manager = await connect(founder, org);
    const plain = await connect(invitee, org);
    const { id } = await inviteByLink(founder, org, newAddress("next"));
    await manager.event("invitation.created", ({ invitation }) => JSON.stringify(invitation).includes(id));
    await manager.event("usage.changed");
    await founder.client.revokeInvitation(org, id);
    await manager.event("invitation.updated", ({ invitation }) =>
      JSON.stringify(invitation).includes("revoked"),
    );
    // Whoever hears of a later change to all has heard of what came before, if at all.
    await founder.client.setOrgRole(org, invitee.userId, "administrator");
    await plain.event("member.updated");
    await quietStream(stack);
    expect(plain.events.filter(({ type }) => type.startsWith("invitation."))).toEqual([]);
    await Promise.all([manager.close(), plain.close()]);
  });
});
