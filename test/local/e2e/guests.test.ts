import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { act, addPeople, ask, inviteGuests, makeGuest, newChannel, type Told } from "../../support/act.ts";
import { PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect } from "../../support/live-connection.ts";
import { mailTo, secretIn } from "../../support/mailbox.ts";
import {
  accept,
  inviteAndAccept,
  inviteByLink,
  newOrganization,
  REGISTRATION,
} from "../../support/organization.ts";
import { newAddress, type Person, person } from "../../support/person.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { advance, DAY_SECONDS } from "../../support/stack-control.ts";
import { storedItems } from "../../support/stored-items.ts";
import { sharedStack } from "../shared-stack.ts";

let stack: LocalStack;
let founder: Person;
let org: string;
let general: string;
let base: string;
let secret: string;
let open: string;

beforeAll(async () => {
  stack = await sharedStack();
}, PATIENCE_MS);

beforeEach(async () => {
  founder = await person(stack, "founder");
  ({ id: org, general } = await newOrganization(founder, { guests: 100 }));
  base = `/v1/organizations/${org}`;
  secret = await newChannel(founder, org, "Secret project");
  open = await newChannel(founder, org, "Open project", "public");
});

const items = (told: Told) => told["items"] as Told[];
const lines = async (by: Person, channelId: string) =>
  items(await act(by, "GET", `${base}/channels/${channelId}/members`));
const usage = () => act(founder, "GET", `${base}/usage`);
/** The channels that somebody is in, but for the conversation in which the assistant has welcomed them (INV-17). */
const givenChannels = async (who: Person, query = "") =>
  items(await act(who, "GET", `${base}/channels${query}`)).filter(({ type }) => type !== "direct");
const invite = (by: Person, body: object) =>
  ask(by, "POST", `${base}/invitations`, { kind: "guest", ...body });
const guestOf = async (...channelIds: string[]) => {
  const who = await person(stack, "guest");
  await makeGuest(founder, org, who, { channelIds });
  return who;
};

describe("inviting", () => {
  test("GINV-1 RGT-1 only a chat admin invites a guest, whatever the org role", async () => {
    const manager = await inviteAndAccept(stack, founder, org, "manager", { orgRole: "administrator" });
    await addPeople(founder, org, secret, manager);
    const body = { invitees: [{ email: newAddress("guest") }], channelIds: [secret] };
    expect((await invite(manager, body)).body).toMatchObject({ status: 403, code: "not-chat-admin" });
    const guest = await guestOf(secret);
    expect((await invite(guest, body)).body).toMatchObject({ status: 403, rule: "GST-12" });
  });

  test("GINV-2 no channel, an archived one, a conversation, a stranger's, a foreign one: refused, and named", async () => {
    const colleague = await inviteAndAccept(stack, founder, org, "colleague");
    const archived = await newChannel(founder, org, "Archived");
    await act(founder, "POST", `${base}/channels/${archived}/archive`);
    const direct = (await act(founder, "POST", `${base}/channels/direct`, { userIds: [colleague.userId] }))
      .id;
    const unseen = await newChannel(colleague, org, "Unseen");
    const elsewhere = await newOrganization(await person(stack, "elsewhere"));
    const email = newAddress("guest");
    // The assistant has welcomed them all.
    await quietStream(stack);
    const before = await storedItems(stack, `O#${org}`);
    const none = await invite(founder, { invitees: [{ email }], channelIds: [] });
    expect(none.status).toBe(400);
    for (const [channelId, status, code] of [
      [archived, 409, "channel-archived"],
      [direct, 409, "channel-not-shareable"],
      [unseen, 404, "not-found"],
      [elsewhere.general, 404, "not-found"],
    ] as const) {
      const answer = await invite(founder, { invitees: [{ email }], channelIds: [secret, channelId] });
      expect(answer.body).toMatchObject({ status, code, channelId });
    }
    expect(await storedItems(stack, `O#${org}`)).toEqual(before);
  });

  test("GINV-4 SEAT-6 a pending guest is listed on the channels, and nowhere else; the figure of guests stays 0", async () => {
    const email = newAddress("guest");
    await inviteGuests(founder, org, [email], { channelIds: [secret, open] });
    for (const channelId of [secret, open]) {
      expect(await lines(founder, channelId)).toContainEqual(
        expect.objectContaining({ email, kind: "guest", state: "pending" }),
      );
    }
    expect(JSON.stringify(await lines(founder, general))).not.toContain(email);
    expect(JSON.stringify(await act(founder, "GET", `${base}/members`))).not.toContain(email);
    expect(JSON.stringify(await act(founder, "GET", `${base}/members?state=pending`))).not.toContain(email);
    expect(JSON.stringify(await act(founder, "GET", `${base}/directory`))).not.toContain(email);
    expect(items(await act(founder, "GET", `${base}/guests`))).toEqual([]);
    expect(await usage()).toMatchObject({ guests: 0, pendingGuests: 1, seats: { held: 1, reserved: 0 } });
  });

  test("GINV-3 INV-16 the mail names the channel, its link leads there", async () => {
    const who = await person(stack, "mailed");
    await act(founder, "POST", `${base}/invitations`, {
      kind: "guest",
      invitees: [{ email: who.email }],
      channelIds: [secret],
    });
    const mail = await mailTo(stack, who.email);
    expect(mail.text).toContain("Secret project");
    const token = secretIn(mail);
    const preview = await ask(who, "POST", "/v1/invitations/preview", { token });
    expect(preview.body).toMatchObject({ kind: "guest", channels: [{ id: secret, name: "Secret project" }] });
    const accepted = await accept(who, token);
    expect(accepted).toMatchObject({ kind: "guest", channelIds: [secret] });
  });

  test("GINV-5 on acceptance a guest is in exactly those channels; chat admins hear of it, the dashboard counts one more", async () => {
    const manager = await connect(founder, org);
    const guest = await guestOf(secret, open);
    const channels = await givenChannels(guest);
    expect(channels.map(({ id }) => id).sort()).toEqual([secret, open].sort());
    expect(await usage()).toMatchObject({ guests: 1, pendingGuests: 0, seats: { held: 1 } });
    expect(items(await act(founder, "GET", `${base}/guests`))).toMatchObject([{ userId: guest.userId }]);
    await manager.event("guest.joined");
    await manager.event("channel.member.added", ({ channelId }) => channelId === secret);
    await manager.close();
  });

  test("GINV-6 a guest invited again gets the channels they lack at once, without a mail or an acceptance", async () => {
    const guest = await guestOf(secret);
    const body = { invitees: [{ email: guest.email.toUpperCase() }], channelIds: [secret, open] };
    const first = (await invite(founder, body)).body as Told;
    expect(first["results"]).toMatchObject([{ status: "added" }]);
    const channels = await givenChannels(guest);
    expect(channels.map(({ id }) => id).sort()).toEqual([secret, open].sort());
    const second = (await invite(founder, body)).body as Told;
    expect(second["results"]).toMatchObject([{ status: "already-member" }]);
    expect(await usage()).toMatchObject({ guests: 1, pendingGuests: 0 });
  });

  test("GINV-7 MINV-7 a member is not invited as guest, nor a pending address twice", async () => {
    const colleague = await inviteAndAccept(stack, founder, org, "colleague");
    const member = (await invite(founder, { invitees: [{ email: colleague.email }], channelIds: [open] }))
      .body as Told;
    expect(member["results"]).toMatchObject([{ status: "already-member", problem: { rule: "GINV-7" } }]);
    const email = newAddress("guest");
    const [pending] = await inviteGuests(founder, org, [email], { channelIds: [open] });
    const again = (await invite(founder, { invitees: [{ email }], channelIds: [open] })).body as Told;
    expect(again["results"]).toMatchObject([{ status: "already-invited", invitation: { id: pending?.id } }]);
  });

  test("GINV-8 cancelling it cancels it everywhere; a channel that is gone drops out; none left: it stays pending", async () => {
    const who = await person(stack, "guest");
    const [first] = await inviteGuests(founder, org, [who.email], { channelIds: [secret, open] });
    await act(founder, "DELETE", `${base}/invitations/${first?.id}`);
    for (const channelId of [secret, open]) expect(await lines(founder, channelId)).toHaveLength(1);
    expect(await usage()).toMatchObject({ pendingGuests: 0 });

    const [second] = await inviteGuests(founder, org, [who.email], { channelIds: [secret, open] });
    const token = second?.secret ?? "";
    await act(founder, "POST", `${base}/channels/${secret}/archive`);
    await act(founder, "POST", `${base}/channels/${open}/archive`);
    const refused = await ask(who, "POST", "/v1/invitations/accept", { token, ...REGISTRATION });
    expect(refused.body).toMatchObject({ status: 409, code: "channel-unavailable", rule: "GINV-8" });
    await act(founder, "POST", `${base}/channels/${open}/restore`);
    expect(await accept(who, token)).toMatchObject({ channelIds: [open] });
    await act(founder, "POST", `${base}/channels/${secret}/restore`);
    expect((await ask(who, "GET", `${base}/channels/${secret}`)).status).toBe(404);
    expect(await lines(founder, secret)).toHaveLength(1);
  });

  test("SEAT-6 an expired guest invitation holds no place, swept or not", async () => {
    const { id: small } = await newOrganization(founder, { guests: 1 });
    const channelIds = [await newChannel(founder, small, "Given")];
    await inviteGuests(founder, small, [newAddress("late")], { channelIds });
    const body = { kind: "guest", invitees: [{ email: newAddress("next") }], channelIds };
    const path = `/v1/organizations/${small}/invitations`;
    expect((await act(founder, "POST", path, body))["results"]).toMatchObject([{ status: "quota-exceeded" }]);
    await advance(stack, 8 * DAY_SECONDS);
    expect((await act(founder, "POST", path, body))["results"]).toMatchObject([{ status: "invited" }]);
  });
});

describe("what a guest does", () => {
  test("GST-1 GST-3 GST-4 GST-5 GST-7 a guest reads, posts, pins, favourites, mutes, and keeps a profile", async () => {
    const guest = await guestOf(secret);
    const channel = `${base}/channels/${secret}`;
    const { seq } = await guest.client.postMessage(org, secret, { text: "hello from outside" });
    expect((await act(founder, "GET", `${channel}/messages/${seq}`))["author"]).toMatchObject({
      kind: "guest",
    });
    await act(guest, "PUT", `${channel}/messages/${seq}/pin`);
    expect(items(await act(founder, "GET", `${channel}/pins`))).toMatchObject([{ seq, pinned: true }]);
    await act(guest, "DELETE", `${channel}/messages/${seq}/pin`);
    expect(items(await act(guest, "GET", `${channel}/pins`))).toEqual([]);
    await act(guest, "PUT", `${channel}/me`, { favourite: true, muted: true });
    expect(await act(guest, "GET", channel)).toMatchObject({ me: { favourite: true, muted: true } });
    await act(guest, "PATCH", "/v1/me", { firstName: "Renamed" });
    expect(await act(guest, "GET", "/v1/me")).toMatchObject({ firstName: "Renamed" });
    expect(await lines(founder, secret)).toContainEqual(
      expect.objectContaining({ userId: guest.userId, firstName: "Renamed" }),
    );
  });

  test("GST-7 somebody who is a member elsewhere is a guest here", async () => {
    const guest = await guestOf(secret);
    const { id: own } = await newOrganization(guest);
    const me = await act(guest, "GET", "/v1/me");
    expect(me["organizations"]).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: org, kind: "guest" }),
        expect.objectContaining({ id: own, kind: "member" }),
      ]),
    );
  });

  test("GST-8 GST-11 GST-16 a guest converses with those they share a channel with; others do not exist", async () => {
    const near = await inviteAndAccept(stack, founder, org, "near");
    const far = await inviteAndAccept(stack, founder, org, "far");
    await addPeople(founder, org, secret, near);
    const guest = await guestOf(secret);
    const stranger = await guestOf(open);
    const direct = `${base}/channels/direct`;
    const opened = await ask(guest, "POST", direct, { userIds: [near.userId] });
    expect(opened).toMatchObject({ status: 201, body: { type: "direct" } });
    expect(await ask(near, "POST", direct, { userIds: [guest.userId] })).toMatchObject({
      status: 200,
      body: { id: (opened.body as Told).id },
    });
    expect((await ask(guest, "POST", direct, { userIds: [near.userId, founder.userId] })).status).toBe(201);
    for (const hidden of [far, stranger, await person(stack, "outsider")]) {
      const answer = await ask(guest, "POST", direct, { userIds: [hidden.userId] });
      expect(answer.body).toMatchObject({ status: 404, code: "not-found", rule: "GST-16" });
    }
    const byMember = await ask(far, "POST", direct, { userIds: [guest.userId] });
    expect(byMember.body).toMatchObject({ status: 403, code: "shares-no-channel", rule: "GST-11" });
    const mixed = await ask(near, "POST", direct, { userIds: [guest.userId, far.userId] });
    expect(mixed.body).toMatchObject({ status: 403, rule: "GST-11" });
  });

  test("GST-9 GST-10 GST-13 GST-16 nothing else exists: no list, search or error tells of it", async () => {
    const far = await inviteAndAccept(stack, founder, org, "far-away");
    const hidden = await newChannel(founder, org, "Hidden treasure", "public");
    const guest = await guestOf(secret);
    const made = `${hidden.slice(0, -3)}000`;
    for (const path of ["", "/messages", "/members", "/pins"]) {
      const unseen = await ask(guest, "GET", `${base}/channels/${hidden}${path}`);
      const unknown = await ask(guest, "GET", `${base}/channels/${made}${path}`);
      expect(unseen.status).toBe(404);
      const told = ({ body }: typeof unseen) => ({ ...(body as object), instance: "" });
      expect(told(unseen)).toEqual(told(unknown));
    }
    expect((await ask(guest, "POST", `${base}/channels/${hidden}/join`)).body).toMatchObject({ status: 404 });
    for (const path of [
      "/members",
      "/directory?search=far",
      "/guests",
      "/groups",
      `/members/${far.userId}`,
    ]) {
      expect((await ask(guest, "GET", base + path)).body, path).toMatchObject({
        status: 403,
        code: "guest-restricted",
        rule: "GST-13",
      });
    }
    const seen = JSON.stringify([
      await act(guest, "GET", `${base}/channels`),
      await act(guest, "GET", `${base}/unread`),
      await lines(guest, secret),
    ]);
    expect(seen).not.toContain("Hidden");
    expect(seen).not.toContain(far.userId);
    // Among those in the same channel, addresses and pending guests are for members.
    await inviteGuests(founder, org, [newAddress("pending")], { channelIds: [secret] });
    const roster = JSON.stringify(await lines(guest, secret));
    expect(roster).toContain(founder.userId);
    expect(roster).not.toContain("@example.com");
    expect(roster).not.toContain("pending");
  });

  test("GST-16 a guest is told nothing of what happens elsewhere", async () => {
    const guest = await guestOf(secret);
    const connection = await connect(guest, org);
    await quietStream(stack);
    const before = connection.events.length;
    const newcomer = await inviteAndAccept(stack, founder, org, "newcomer");
    const elsewhere = await newChannel(founder, org, "Elsewhere", "public");
    await addPeople(founder, org, elsewhere, newcomer);
    await founder.client.postMessage(org, elsewhere, { text: "not for guests" });
    await founder.client.postMessage(org, general, { text: "nor this" });
    await guestOf(open);
    await act(founder, "PATCH", `${base}/channels/${open}`, { header: "changed" });
    await quietStream(stack);
    expect(connection.events.slice(before)).toEqual([]);
    await act(founder, "PATCH", `${base}/channels/${secret}`, { header: "for all of you" });
    await connection.event("channel.updated", (event) => event.channelId === secret || "channel" in event);
    await connection.close();
  });

  test("GST-14 GST-15 GST-17 a guest's own message is not theirs to delete, and the refusal says why", async () => {
    const guest = await guestOf(secret);
    const { seq } = await guest.client.postMessage(org, secret, { text: "stays" });
    const answer = await ask(guest, "DELETE", `${base}/channels/${secret}/messages/${seq}`);
    expect(answer.body).toMatchObject({ status: 403, code: "guest-restricted", rule: "GST-15" });
    const check = await act(guest, "POST", `${base}/permissions/check`, {
      action: "channel.rename",
      channelId: secret,
    });
    expect(check).toMatchObject({ allowed: false, code: "guest-restricted", rule: "GST-14" });
    expect(String(check["reason"])).toMatch(/\.$/u);
    const command = await act(guest, "POST", `${base}/permissions/check`, {
      action: "command.use-restricted",
      channelId: secret,
    });
    expect(command).toMatchObject({ allowed: false, rule: "GST-2" });
  });
});

describe("the end of a guest", () => {
  test("GINV-9 a guest who leaves, or is removed from, the last channel is no guest any more", async () => {
    const leaver = await guestOf(secret, open);
    await act(leaver, "POST", `${base}/channels/${secret}/leave`);
    expect(await usage()).toMatchObject({ guests: 1 });
    await act(leaver, "POST", `${base}/channels/${open}/leave`);
    expect(await usage()).toMatchObject({ guests: 0 });
    expect((await ask(leaver, "GET", `${base}/channels`)).status).toBe(404);

    const removed = await guestOf(secret);
    const connection = await connect(removed, org);
    await act(founder, "DELETE", `${base}/channels/${secret}/members/${removed.userId}`);
    await connection.closed;
    expect(await usage()).toMatchObject({ guests: 0 });
    // The address is free again.
    await makeGuest(founder, org, removed, { channelIds: [open] });
    expect(await usage()).toMatchObject({ guests: 1 });
  });

  test("GINV-9 CH-7 with the hard deletion of their last channel, too", async () => {
    const guest = await guestOf(secret);
    await act(founder, "DELETE", `${base}/channels/${secret}`);
    expect(await usage()).toMatchObject({ guests: 0, privateChannels: 0 });
    expect((await ask(guest, "GET", `${base}/channels`)).status).toBe(404);
  });

  test("GINV-10 past the end date a guest neither reads, posts nor stays connected, and is removed", async () => {
    const guest = await person(stack, "temporary");
    const end = new Date(stack.context.clock.now() + DAY_SECONDS * 1_000).toISOString();
    await makeGuest(founder, org, guest, { channelIds: [secret], guestEndsAt: end });
    expect(items(await act(founder, "GET", `${base}/guests`))).toMatchObject([{ endsAt: end }]);
    const later = new Date(Date.parse(end) + DAY_SECONDS * 1_000).toISOString();
    await act(founder, "PATCH", `${base}/guests/${guest.userId}`, { endsAt: later });
    await advance(stack, DAY_SECONDS + 60);
    expect((await ask(guest, "GET", `${base}/channels/${secret}`)).status).toBe(200);
    await advance(stack, DAY_SECONDS);
    const answer = await ask(guest, "GET", `${base}/channels/${secret}/messages`);
    expect(answer.status).toBe(404);
    expect((await ask(guest, "POST", `${base}/socket-tickets`)).status).toBe(404);
    expect(items(await act(founder, "GET", `${base}/guests`))).toEqual([]);
    expect(await usage()).toMatchObject({ guests: 0 });
    expect(await lines(founder, secret)).toHaveLength(1);
  });

  test("GINV-11 SEAT-9 a guest becomes a member with their channels and General, and a member a guest with the chosen ones", async () => {
    const dflt = await newChannel(founder, org, "Default", "public");
    await act(founder, "PATCH", `${base}/channels/${dflt}`, { default: true });
    const who = await guestOf(secret);
    const plain = await inviteAndAccept(stack, founder, org, "plain");
    const path = `${base}/members/${who.userId}/convert`;
    expect((await ask(plain, "POST", path, { to: "member" })).body).toMatchObject({ code: "not-chat-admin" });
    await act(founder, "POST", path, { to: "member" });
    expect(await usage()).toMatchObject({ guests: 0, members: 3 });
    const mine = (await givenChannels(who, "?mine=true")).map(({ id }) => id);
    expect(mine.sort()).toEqual([secret, general, dflt].sort());
    expect(await act(founder, "GET", `${base}/channels/${secret}`)).toMatchObject({
      memberCount: 2,
      guestCount: 0,
    });

    await act(founder, "PUT", `${base}/members/${who.userId}/org-role`, { role: "administrator" });
    await act(founder, "POST", path, { to: "guest", channelIds: [dflt] });
    expect(await usage()).toMatchObject({ guests: 1, members: 2 });
    const kept = (await givenChannels(who)).map(({ id }) => id);
    expect(kept).toEqual([dflt]);
    expect((await ask(who, "GET", `${base}/audit`)).body).toMatchObject({ rule: "GST-13" });
    expect(await act(founder, "GET", `${base}/channels/${dflt}`)).toMatchObject({ guestCount: 1 });
    const last = await ask(founder, "POST", `${base}/members/${founder.userId}/convert`, {
      to: "guest",
      channelIds: [dflt],
    });
    expect(last.body).toMatchObject({ status: 409, code: "last-legal-representative" });
  });

  test("MINV-6 MINV-5 a guest invited as member is promoted on acceptance, and keeps their channels", async () => {
    const who = await guestOf(secret);
    const { secret: token } = await inviteByLink(founder, org, who.email);
    expect(await usage()).toMatchObject({ guests: 1, pendingMembers: 1 });
    await accept(who, token);
    expect(await usage()).toMatchObject({ guests: 0, pendingMembers: 0, members: 2 });
    const mine = (await givenChannels(who, "?mine=true")).map(({ id }) => id);
    expect(mine.sort()).toEqual([secret, general].sort());
    expect(await act(founder, "GET", `${base}/channels/${secret}`)).toMatchObject({
      memberCount: 2,
      guestCount: 0,
    });
    expect((await ask(who, "GET", `${base}/directory`)).status).toBe(200);
  });
});
