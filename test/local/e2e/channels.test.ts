import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { act, addPeople, ask, makeGuest, newChannel, type Told } from "../../support/act.ts";
import { PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect } from "../../support/live-connection.ts";
import { inviteAndAccept, newOrganization } from "../../support/organization.ts";
import { type Person, person } from "../../support/person.ts";
import { storedItems } from "../../support/stored-items.ts";
import { until } from "../../support/until.ts";
import { sharedStack } from "../shared-stack.ts";

let stack: LocalStack;
let founder: Person;
let member: Person;
let org: string;
let general: string;
let base: string;

beforeAll(async () => {
  stack = await sharedStack();
}, PATIENCE_MS);

beforeEach(async () => {
  founder = await person(stack, "founder");
  ({ id: org, general } = await newOrganization(founder, { publicChannels: null, privateChannels: null }));
  base = `/v1/organizations/${org}`;
  member = await inviteAndAccept(stack, founder, org, "member");
});

const items = (told: Told) => told["items"] as Told[];
const channelOf = (by: Person, id: string) => act(by, "GET", `${base}/channels/${id}`);
const lines = async (by: Person, id: string) => items(await act(by, "GET", `${base}/channels/${id}/members`));
const channelsOf = async (by: Person, query = "") => items(await act(by, "GET", `${base}/channels${query}`));
/** The channels that somebody is in, but for the conversation in which the assistant has welcomed them (INV-17). */
const joinedBy = async (by: Person) =>
  (await channelsOf(by, "?mine=true")).filter(({ type }) => type !== "direct").map(({ id }) => id);
const on = (id: string, rest = "") => `${base}/channels/${id}${rest}`;

type SystemMessage = { author: { kind: string }; system?: { kind: string; userIds?: string[] } };

/** The kinds of system messages in a channel, oldest first. */
async function told(by: Person, id: string): Promise<string[]> {
  const messages = items(await act(by, "GET", on(id, "/messages"))) as unknown as SystemMessage[];
  return messages
    .toReversed()
    .flatMap(({ author, system }) => (author.kind === "system" && system !== undefined ? [system.kind] : []));
}

describe("General", () => {
  test("CH-1 is everybody's: not archived, deleted, left, made private; guests only if invited to it", async () => {
    expect(await channelOf(member, general)).toMatchObject({
      general: true,
      memberCount: 2,
      me: { member: true },
    });
    for (const [method, rest, body] of [
      ["POST", "/archive", undefined],
      ["DELETE", "", undefined],
      ["POST", "/leave", undefined],
      ["PATCH", "", { type: "private" }],
      ["DELETE", `/members/${member.userId}`, undefined],
    ] as const) {
      const answer = await ask(founder, method, on(general, rest), body);
      expect(answer.body, `${method} ${rest}`).toMatchObject({
        status: 409,
        code: "general-channel",
        rule: "CH-1",
      });
    }
    const guest = await person(stack, "guest");
    await makeGuest(founder, org, guest, { channelIds: [general] });
    expect(await channelOf(guest, general)).toMatchObject({ memberCount: 2, guestCount: 1 });
    await guest.client.postMessage(org, general, { text: "hello all" });
    const listed = await lines(member, general);
    expect(listed.map(({ kind }) => kind)).toEqual(["member", "member", "guest"]);
  });

  test("CH-2 new members join the default channels, guests never do", async () => {
    const lobby = await newChannel(member, org, "Lobby", "public");
    const refused = await ask(member, "PATCH", on(lobby), { default: true });
    expect(refused.body).toMatchObject({ status: 403, rule: "CH-2" });
    expect(await act(founder, "PATCH", on(lobby), { default: true })).toMatchObject({ default: true });
    const newcomer = await inviteAndAccept(stack, founder, org, "newcomer");
    expect(await channelOf(newcomer, lobby)).toMatchObject({ memberCount: 2, me: { member: true } });
    const own = await newChannel(founder, org, "Own");
    const guest = await person(stack, "guest");
    await makeGuest(founder, org, guest, { channelIds: [own] });
    expect(await joinedBy(guest)).toEqual([own]);
    await act(founder, "PATCH", on(lobby), { default: false });
    const later = await inviteAndAccept(stack, founder, org, "later");
    expect(await channelOf(later, lobby)).toMatchObject({ me: { member: false } });
  });
});

describe("life of a channel", () => {
  test("CH-4 a handle is derived from the name, unique, and of few characters", async () => {
    const first = await act(member, "POST", `${base}/channels`, { name: "Café Über uns!", type: "public" });
    expect(first["handle"]).toMatch(/^[a-z0-9._-]{1,64}$/u);
    const second = await act(member, "POST", `${base}/channels`, { name: "Café Über uns!", type: "private" });
    expect(second["handle"]).not.toBe(first["handle"]);
    for (const handle of ["", "Ä", "with blank", "x".repeat(65)]) {
      const answer = await ask(member, "POST", `${base}/channels`, { name: "x", handle, type: "public" });
      expect(answer.status).toBe(400);
    }
    const taken = await ask(member, "PATCH", on(second.id), { handle: first["handle"] });
    expect(taken.body).toMatchObject({ status: 409, code: "handle-taken", rule: "CH-4" });
    await act(member, "PATCH", on(first.id), { handle: "elsewhere" });
    await act(member, "PATCH", on(second.id), { handle: first["handle"] });
  });

  test("CH-5 a public channel is seen and joined, a private one does not exist to others, chat admins included", async () => {
    const open = await newChannel(member, org, "Open", "public");
    const closed = await newChannel(member, org, "Closed");
    expect((await channelsOf(founder)).map(({ id }) => id)).toEqual(expect.arrayContaining([general, open]));
    expect(JSON.stringify(await channelsOf(founder))).not.toContain(closed);
    const post = { text: "x", nonce: "x" };
    expect((await ask(founder, "POST", on(open, "/messages"), post)).body).toMatchObject({
      status: 403,
      code: "not-channel-member",
    });
    expect((await ask(founder, "POST", on(closed, "/messages"), post)).body).toMatchObject({ status: 404 });
    expect(await act(founder, "POST", on(open, "/join"))).toMatchObject({ me: { member: true } });
    expect(await act(founder, "POST", on(open, "/join"))).toMatchObject({ memberCount: 2 });
    await act(founder, "POST", on(open, "/messages"), post);
    expect((await ask(founder, "POST", on(closed, "/join"))).status).toBe(404);
    await act(founder, "POST", on(open, "/leave"));
    expect(await channelOf(member, open)).toMatchObject({ memberCount: 1 });
    expect(await told(member, open)).toEqual(expect.arrayContaining(["joined", "left"]));
  });

  test("CH-6 CH-10 channel admins manage; public to private by them, private to public by chat admins alone", async () => {
    const other = await inviteAndAccept(stack, founder, org, "other");
    const open = await newChannel(member, org, "Open", "public");
    await act(other, "POST", on(open, "/join"));
    expect((await ask(other, "PATCH", on(open), { name: "Mine" })).body).toMatchObject({
      status: 403,
      rule: "CH-6",
    });
    await act(member, "PUT", on(open, `/members/${other.userId}/role`), { role: "admin" });
    expect((await lines(founder, open)).map(({ role }) => role)).toEqual(["admin", "admin"]);
    await act(member, "PUT", on(open, `/members/${other.userId}/role`), { role: "member" });
    expect((await lines(founder, open)).map(({ userId }) => userId)).toEqual([member.userId, other.userId]);
    await act(founder, "PATCH", on(open), { name: "Renamed by a chat admin" });
    await act(member, "PATCH", on(open), { type: "private" });
    expect((await ask(founder, "GET", on(open))).status).toBe(404);
    expect((await ask(member, "PATCH", on(open), { type: "public" })).body).toMatchObject({
      status: 403,
      code: "not-chat-admin",
      rule: "CH-6",
    });
    await addPeople(member, org, open, founder);
    await act(founder, "PATCH", on(open), { type: "public" });
    expect(await told(member, open)).toEqual(
      expect.arrayContaining(["renamed", "made-private", "added", "made-public"]),
    );
  });

  test("CH-7 MSG-12 archived: read only, out of the quota, restored when there is room; the record says so", async () => {
    const id = await newChannel(member, org, "Project");
    await member.client.postMessage(org, id, { text: "before" });
    expect(await act(member, "POST", on(id, "/archive"))).toMatchObject({ archived: true });
    expect(await act(founder, "GET", `${base}/usage`)).toMatchObject({ privateChannels: 0 });
    const post = await ask(member, "POST", on(id, "/messages"), { text: "x", nonce: "x" });
    expect(post.body).toMatchObject({ status: 409, code: "channel-archived", rule: "CH-7" });
    for (const [method, rest, body] of [
      ["PATCH", "", { header: "x" }],
      ["POST", "/members", { userIds: [founder.userId] }],
      ["PUT", "/messages/1/pin", undefined],
      ["POST", "/archive", undefined],
    ] as const) {
      expect((await ask(member, method, on(id, rest), body)).status, `${method} ${rest}`).toBe(409);
    }
    expect(items(await act(member, "GET", on(id, "/messages"))).length).toBeGreaterThan(0);
    await act(founder, "PATCH", base, { limits: { privateChannels: 0 } });
    expect((await ask(member, "POST", on(id, "/restore"))).body).toMatchObject({
      status: 409,
      code: "quota-exceeded",
      quota: "privateChannels",
      limit: 0,
    });
    await act(founder, "PATCH", base, { limits: { privateChannels: 1 } });
    expect(await act(member, "POST", on(id, "/restore"))).toMatchObject({ archived: false });
    expect(await told(member, id)).toEqual(expect.arrayContaining(["archived", "restored"]));
  });

  test("CH-7 hard deletion is a chat admin's, and leaves nothing of the channel", async () => {
    const id = await newChannel(member, org, "Doomed", "public");
    await member.client.postMessage(org, id, { text: "gone soon" });
    await addPeople(member, org, id, founder);
    expect((await ask(member, "DELETE", on(id))).body).toMatchObject({ status: 403, code: "not-chat-admin" });
    const live = await connect(member, org);
    await act(founder, "DELETE", on(id));
    await live.event("channel.deleted", ({ channelId }) => channelId === id);
    await live.close();
    expect((await ask(member, "GET", on(id))).status).toBe(404);
    await until("nothing left of the channel", async () => {
      const left = [...(await storedItems(stack, `O#${org}`))].filter(
        ([key, item]) => (key.includes(id) || item.includes(id)) && !key.includes("#AUDIT / "),
      );
      return left.length === 0;
    });
    await newChannel(member, org, "Doomed", "public");
  });

  test("CH-4 ETag and If-Match: a change on what is stale is refused", async () => {
    const id = await newChannel(member, org, "Versioned");
    const read = await ask(member, "GET", on(id));
    const etag = read.headers.get("etag") ?? "";
    const change = (header: string) =>
      member.send("PATCH", on(id), { body: { header }, headers: { "if-match": etag } });
    expect((await change("first")).status).toBe(200);
    expect((await change("second")).status).toBe(412);
    expect(await channelOf(member, id)).toMatchObject({ header: "first" });
  });

  test("CH-11 favourite, mute and last-read are each one's own, and unread follows", async () => {
    const id = await newChannel(member, org, "Read");
    await addPeople(member, org, id, founder);
    const { seq } = await member.client.postMessage(org, id, { text: "one" });
    await act(founder, "PUT", on(id, "/me"), { favourite: true });
    await act(founder, "PUT", on(id, "/me"), { muted: true });
    const unread = async (by: Person) =>
      items(await act(by, "GET", `${base}/unread`)).find(({ channelId }) => channelId === id);
    expect(await unread(founder)).toMatchObject({ lastSeq: seq, unread: seq, muted: true, favourite: true });
    await act(founder, "PUT", on(id, "/me"), { lastReadSeq: seq });
    expect(await unread(founder)).toMatchObject({ unread: 0 });
    expect(await channelOf(founder, id)).toMatchObject({
      me: { favourite: true, muted: true, lastReadSeq: seq },
    });
    expect(await channelOf(member, id)).toMatchObject({ me: { favourite: false, muted: false } });
    await act(founder, "PUT", on(general, "/me"), { favourite: true });
    expect(await channelOf(founder, general)).toMatchObject({ me: { member: true, favourite: true } });
  });
});

describe("conversations", () => {
  test("CH-3 two to eight people; the same people have one conversation", async () => {
    const path = `${base}/channels/direct`;
    const direct = await ask(member, "POST", path, { userIds: [founder.userId] });
    expect(direct).toMatchObject({ status: 201, body: { type: "direct" } });
    expect(await ask(founder, "POST", path, { userIds: [member.userId, founder.userId] })).toMatchObject({
      status: 200,
      body: { id: (direct.body as Told).id },
    });
    const others: Person[] = [];
    for (let count = 0; count < 7; count += 1)
      others.push(await inviteAndAccept(stack, founder, org, `one-of-many-${count}`));
    const ids = others.map(({ userId }) => userId);
    expect((await ask(member, "POST", path, { userIds: [] })).status).toBe(400);
    expect(await ask(member, "POST", path, { userIds: ids.slice(0, 2) })).toMatchObject({
      status: 201,
      body: { type: "group" },
    });
    expect((await ask(member, "POST", path, { userIds: ids })).status).toBe(201);
    expect((await ask(member, "POST", path, { userIds: [...ids, founder.userId] })).body).toMatchObject({
      status: 400,
      code: "too-many-people",
      rule: "CH-3",
    });
    const [stranger] = [await person(stack, "stranger")];
    expect((await ask(member, "POST", path, { userIds: [stranger.userId] })).status).toBe(404);
    const { id } = direct.body as Told;
    for (const [method, rest, body] of [
      ["PATCH", "", { name: "x" }],
      ["POST", "/archive", undefined],
      ["POST", "/leave", undefined],
      ["POST", "/members", { userIds: ids }],
    ] as const) {
      const answer = await ask(member, method, on(id, rest), body);
      expect(answer.body, `${method} ${rest}`).toMatchObject({ code: "not-in-conversations", rule: "CH-3" });
    }
    expect((await ask(others[0] ?? member, "GET", on(id))).status).toBe(404);
  });
});

describe("people in a channel", () => {
  test("CH-8 one, many or a group are added, with an answer for each", async () => {
    const one = await inviteAndAccept(stack, founder, org, "one");
    const two = await inviteAndAccept(stack, founder, org, "two");
    const id = await newChannel(member, org, "Team");
    const stranger = await person(stack, "stranger");
    const answer = await act(member, "POST", on(id, "/members"), {
      userIds: [one.userId, stranger.userId, member.userId, two.userId],
    });
    expect(answer["results"]).toMatchObject([
      { userId: one.userId, status: "added" },
      { userId: stranger.userId, status: "not-found" },
      { userId: member.userId, status: "already-member" },
      { userId: two.userId, status: "added" },
    ]);
    expect(await channelOf(one, id)).toMatchObject({ memberCount: 3 });
    expect((await ask(founder, "POST", on(id, "/members"), { userIds: [founder.userId] })).status).toBe(404);
    await act(member, "DELETE", on(id, `/members/${one.userId}`));
    expect((await ask(one, "GET", on(id))).status).toBe(404);
    expect((await ask(two, "DELETE", on(id, `/members/${member.userId}`))).body).toMatchObject({
      status: 403,
      rule: "CH-6",
    });
    expect(await told(member, id)).toEqual(expect.arrayContaining(["added", "removed"]));
  });

  test("CH-9 GST-10 a group's people come and go with it; nobody there through it alone is removed by hand", async () => {
    const one = await inviteAndAccept(stack, founder, org, "one");
    const id = await newChannel(member, org, "Team");
    const group = await act(founder, "POST", `${base}/groups`, { name: "Sales", open: true });
    const inGroup = (userId: string) => `${base}/groups/${group.id}/members/${userId}`;
    await act(founder, "PUT", inGroup(one.userId));
    const attached = await act(member, "POST", on(id, "/members"), { groupIds: [group.id] });
    expect(attached["results"]).toMatchObject([{ userId: one.userId, status: "added" }]);
    expect((await ask(member, "DELETE", on(id, `/members/${one.userId}`))).body).toMatchObject({
      status: 409,
      code: "through-group",
      rule: "CH-9",
    });
    const joiner = await inviteAndAccept(stack, founder, org, "joiner");
    await act(joiner, "PUT", inGroup(joiner.userId));
    expect(await channelOf(joiner, id)).toMatchObject({ memberCount: 3 });
    await act(joiner, "DELETE", inGroup(joiner.userId));
    expect((await ask(joiner, "GET", on(id))).status).toBe(404);
    expect(items(await act(member, "GET", on(id, "/groups")))).toMatchObject([{ id: group.id }]);
    const guest = await person(stack, "guest");
    await addPeople(member, org, id, founder);
    await makeGuest(founder, org, guest, { channelIds: [id] });
    expect((await ask(guest, "PUT", inGroup(guest.userId))).body).toMatchObject({ rule: "GST-10" });
    expect((await ask(founder, "PUT", inGroup(guest.userId))).body).toMatchObject({
      code: "guest-not-in-groups",
    });
    await act(founder, "DELETE", `${base}/groups/${group.id}`);
    expect((await ask(one, "GET", on(id))).status).toBe(404);
    expect(await channelOf(member, id)).toMatchObject({ memberCount: 2, guestCount: 1 });
  });

  test("CH-10 the list shows channel admins, members, guests, pending guests, page by page", async () => {
    const id = await newChannel(founder, org, "Ordered");
    await addPeople(founder, org, id, member);
    const guest = await person(stack, "guest");
    await makeGuest(founder, org, guest, { channelIds: [id] });
    const pending = { kind: "guest", invitees: [{ email: "pending@example.com" }], channelIds: [id] };
    await act(founder, "POST", `${base}/invitations`, pending);
    const shown = (line: Told) =>
      line["role"] === "admin" ? "admin" : line["state"] === "pending" ? "pending" : line["kind"];
    expect((await lines(founder, id)).map(shown)).toEqual(["admin", "member", "guest", "pending"]);
    const first = await act(founder, "GET", on(id, "/members?limit=3"));
    const rest = await act(
      founder,
      "GET",
      on(id, `/members?limit=3&cursor=${encodeURIComponent(String(first["nextCursor"]))}`),
    );
    expect([...items(first), ...items(rest)].map(shown)).toEqual(["admin", "member", "guest", "pending"]);
    expect(await channelOf(founder, id)).toMatchObject({ memberCount: 2, guestCount: 1 });
  });

  test("ORG-10 MINV-5 a removed member is in no channel and no group any more, and comes back to none of them", async () => {
    const id = await newChannel(founder, org, "Secret");
    const group = await act(founder, "POST", `${base}/groups`, { name: "Sales" });
    await act(founder, "PUT", `${base}/groups/${group.id}/members/${member.userId}`);
    await addPeople(founder, org, id, member);
    await act(founder, "DELETE", `${base}/members/${member.userId}`);
    expect(await lines(founder, id)).toHaveLength(1);
    expect(await channelOf(founder, id)).toMatchObject({ memberCount: 1 });
    expect(await act(founder, "GET", `${base}/groups/${group.id}`)).toMatchObject({ memberCount: 0 });
    const again = await inviteAndAccept(stack, founder, org, member.email);
    expect(await joinedBy(again)).toEqual([general]);
  });

  test("MINV-5 CH-9 an invitation's channels and groups are the new member's on acceptance", async () => {
    const id = await newChannel(founder, org, "Secret");
    const attached = await newChannel(founder, org, "Attached");
    const group = await act(founder, "POST", `${base}/groups`, { name: "Sales" });
    await act(founder, "POST", on(attached, "/members"), { groupIds: [group.id] });
    const newcomer = await person(stack, "newcomer");
    const answer = await act(founder, "POST", `${base}/invitations`, {
      kind: "member",
      invitees: [{ email: newcomer.email }],
      channelIds: [id],
      groupIds: [group.id],
      delivery: "link",
    });
    const [result] = answer["results"] as { link: string }[];
    const token = result?.link.split("#")[1];
    const accepted = await act(newcomer, "POST", "/v1/invitations/accept", {
      token,
      profile: { firstName: "New", lastName: "Comer" },
      termsVersion: "1",
    });
    expect(accepted["channelIds"]).toEqual(expect.arrayContaining([general, id]));
    expect((await joinedBy(newcomer)).sort()).toEqual([general, id, attached].sort());
  });
});

describe("directory", () => {
  test("DIR-1 DIR-3 people by the beginning of a name or address, and groups; each organization has its own", async () => {
    const ada = await inviteAndAccept(stack, founder, org, "ada.byron@example.com");
    await act(ada, "PATCH", "/v1/me", { firstName: "Ádá", lastName: "Lovelace" });
    await act(founder, "POST", `${base}/groups`, { name: "Lovers of engines" });
    const search = async (text: string, by = member) =>
      items(await act(by, "GET", `${base}/directory?search=${encodeURIComponent(text)}`));
    for (const text of ["ada", "ÁDA", "love", "ada love", "lovelace a", "ada.byr", "ADA.BYRON@example.com"]) {
      const found = (await search(text)).filter(({ kind }) => kind === "person");
      expect(
        found.map(({ userId }) => userId),
        text,
      ).toEqual([ada.userId]);
    }
    expect((await search("lov")).map(({ kind }) => kind).sort()).toEqual(["group", "person"]);
    expect(await search("nobody")).toEqual([]);
    const { id: elsewhere } = await newOrganization(founder);
    const there = await act(founder, "GET", `/v1/organizations/${elsewhere}/directory?search=ada`);
    expect(items(there)).toEqual([]);
    await act(founder, "DELETE", `${base}/members/${ada.userId}`);
    expect((await search("ada")).filter(({ kind }) => kind === "person")).toEqual([]);
  });

  test("DIR-2 names and phone are changed by the person alone, everywhere at once", async () => {
    await act(member, "PATCH", "/v1/me", {
      firstName: "Grace",
      lastName: "Hopper",
      phone: "+41 44 668 18 00",
    });
    expect(await act(founder, "GET", `${base}/members/${member.userId}`)).toMatchObject({
      firstName: "Grace",
      lastName: "Hopper",
    });
    const [found] = items(await act(founder, "GET", `${base}/directory?search=hopper`));
    expect(found).toMatchObject({ userId: member.userId, firstName: "Grace" });
    const answer = await ask(founder, "PATCH", `${base}/members/${member.userId}`, { firstName: "Other" });
    expect(answer.status).toBe(404);
  });

  test("ORG-8 a person lists their organizations and acts in each", async () => {
    const { id: second } = await newOrganization(member);
    const mine = items(await act(member, "GET", "/v1/me/organizations")).map(({ id }) => id);
    expect(mine.sort()).toEqual([org, second].sort());
    expect((await ask(founder, "GET", `/v1/organizations/${second}`)).status).toBe(404);
  });
});
