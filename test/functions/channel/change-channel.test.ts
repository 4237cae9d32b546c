import { expect, test } from "vitest";
import { limitsFor } from "../../../domain/plans.ts";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld } from "./world.ts";

const world = engineWorld();
const PATCH = "PATCH /channels/{chn}";
const CHAT_ADMIN = { chatRole: "admin" } as const;
const limits = (change: Record<string, number | null>) => ({
  limits: { ...limitsFor("standard"), ...change },
});

test("CH-4, MSG-12 a channel admin renames and describes; each change is told once", async () => {
  const { member, channel, ask, told, item, org } = await world();
  const ada = await member("ada");
  const id = await channel(ada, { name: "Plan" });
  const body = { name: "Plan B", handle: "plan-b", purpose: "Why", header: "What" };
  expect(await ask(ada, PATCH, id, { body })).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: { ...body, lastSeq: 3 },
  });
  const actorId = ada.userId;
  expect(await told(id)).toEqual([
    { kind: "renamed", actorId, text: "Plan B" },
    { kind: "purpose-changed", actorId, text: "Why" },
    { kind: "header-changed", actorId, text: "What" },
  ]);
  expect(await item(keys.handle(org, "plan"))).toBeUndefined();
  expect(await item(keys.handle(org, "plan-b"))).toMatchObject({ channelId: id });
});

test("CH-4 what is so already is left as it is, and told to nobody", async () => {
  const { member, channel, ask, told } = await world();
  const ada = await member("ada");
  const id = await channel(ada, { name: "Plan" });
  const body = { name: "Plan", handle: "plan", header: "", default: false };
  const admin = await member("zoe", CHAT_ADMIN);
  expect(await ask(admin, PATCH, id, { body })).toMatchObject({ status: 200, headers: { etag: '"1"' } });
  expect(await told(id)).toEqual([]);
});

test("CH-4 a taken handle refuses all of the change", async () => {
  const { member, channel, ask } = await world();
  const ada = await member("ada");
  const id = await channel(ada, { name: "Plan" });
  expect(await ask(ada, PATCH, id, { body: { name: "Other", handle: "general" } })).toMatchObject({
    status: 409,
    body: { code: "handle-taken", rule: "CH-4" },
  });
  expect(await ask(ada, "GET /channels/{chn}", id)).toMatchObject({ body: { name: "Plan", handle: "plan" } });
});

test("CH-6 renaming is for channel admins and chat admins who see it; describing for those in it", async () => {
  const { member, puts, channel, ask } = await world();
  const [ada, bob, eve] = [await member("ada"), await member("bob"), await member("eve")];
  const admin = await member("zoe", CHAT_ADMIN);
  const open = await channel(ada, { name: "Open" });
  const closed = await channel(ada, { name: "Closed", type: "private" });
  await puts(bob, open);
  expect(await ask(bob, PATCH, open, { body: { name: "Mine" } })).toMatchObject({
    status: 403,
    body: { code: "not-channel-admin", rule: "CH-6" },
  });
  expect(await ask(bob, PATCH, open, { body: { header: "News" } })).toMatchObject({ status: 200 });
  expect(await ask(eve, PATCH, open, { body: { header: "News" } })).toMatchObject({
    status: 403,
    body: { code: "not-channel-member" },
  });
  expect(await ask(admin, PATCH, open, { body: { name: "Ours" } })).toMatchObject({ status: 200 });
  expect(await ask(admin, PATCH, closed, { body: { name: "Ours" } })).toMatchObject({ status: 404 });
});

test("CH-6 a channel admin makes it private, a chat admin alone makes it public; the quotas move along", async () => {
  const { member, puts, channel, ask, ids, told, counters } = await world();
  const [ada, eve] = [await member("ada"), await member("eve")];
  const admin = await member("zoe", CHAT_ADMIN);
  const id = await channel(ada, { name: "Plan" });
  await puts(admin, id);
  const to = async (who: typeof ada, type: string) => await ask(who, PATCH, id, { body: { type } });
  expect(await to(ada, "private")).toMatchObject({ status: 200, body: { type: "private" } });
  expect(await counters()).toMatchObject({ publicChannels: 1, privateChannels: 1 });
  expect(ids(await ask(eve, "GET /channels"))).not.toContain(id);
  expect(await to(ada, "private")).toMatchObject({ status: 409, body: { code: "already-private" } });
  expect(await to(ada, "public")).toMatchObject({ status: 403, body: { code: "not-chat-admin" } });
  expect(await to(admin, "public")).toMatchObject({ status: 200, body: { type: "public" } });
  expect(await counters()).toMatchObject({ publicChannels: 2, privateChannels: 0 });
  expect(ids(await ask(eve, "GET /channels"))).toContain(id);
  expect(await told(id)).toMatchObject([{ kind: "made-private" }, { kind: "made-public" }]);
});

test("SEAT-8 a conversion needs a place of the type it makes", async () => {
  const { member, channel, ask, counters } = await world(limits({ privateChannels: 0 }));
  const ada = await member("ada");
  const id = await channel(ada, { name: "Plan" });
  expect(await ask(ada, PATCH, id, { body: { type: "private" } })).toMatchObject({
    status: 409,
    body: { code: "quota-exceeded", quota: "privateChannels", limit: 0, used: 0 },
  });
  expect(await counters()).toMatchObject({ publicChannels: 2, privateChannels: 0 });
});

test("CH-2 org managers and chat admins choose default channels, together with a conversion too", async () => {
  const { member, channel, ask, counters } = await world();
  const [ada, admin] = [await member("ada"), await member("zoe", CHAT_ADMIN)];
  const manager = await member("max", { orgRole: "administrator" });
  const id = await channel(ada, { name: "Welcome" });
  expect(await ask(ada, PATCH, id, { body: { default: true } })).toMatchObject({
    status: 403,
    body: { code: "not-manager", rule: "CH-2" },
  });
  expect(await ask(manager, PATCH, id, { body: { default: true } })).toMatchObject({
    status: 200,
    body: { default: true },
  });
  expect(await counters()).toMatchObject({ defaultChannelIds: [id] });
  expect(await ask(admin, PATCH, id, { body: { default: false, type: "private" } })).toMatchObject({
    status: 200,
  });
  expect(await counters()).toMatchObject({ defaultChannelIds: [], publicChannels: 1, privateChannels: 1 });
});

test("CH-1 General is renamed, and else stays as it is", async () => {
  const { member, ask, general } = await world();
  const admin = await member("zoe", CHAT_ADMIN);
  const refused = { status: 409, body: { code: "general-channel", rule: "CH-1" } };
  for (const body of [{ type: "private" }, { default: true }]) {
    expect(await ask(admin, PATCH, general, { body })).toMatchObject(refused);
  }
  for (const act of [
    "POST /channels/{chn}/archive",
    "POST /channels/{chn}/leave",
    "DELETE /channels/{chn}",
  ]) {
    expect(await ask(admin, act, general)).toMatchObject(refused);
  }
  expect(await ask(admin, PATCH, general, { body: { name: "Town hall" } })).toMatchObject({ status: 200 });
});

test("CH-4 If-Match of another version is a 412, and nothing changes", async () => {
  const { member, channel, ask } = await world();
  const ada = await member("ada");
  const id = await channel(ada, { name: "Plan" });
  const headers = { "if-match": '"7"', "content-type": "application/json" };
  expect(await ask(ada, PATCH, id, { body: { name: "Other" }, headers })).toMatchObject({
    status: 412,
    body: { code: "stale" },
  });
  expect(await ask(ada, "GET /channels/{chn}", id)).toMatchObject({ body: { name: "Plan" } });
});

test("GST-14 a guest changes nothing of a channel they are in, and knows of no other", async () => {
  const { member, guest, channel, ask, item, org } = await world();
  const ada = await member("ada");
  const mine = await channel(ada, { name: "Mine", type: "private" });
  const other = await channel(ada, { name: "Other" });
  const gil = await guest("gil", [mine]);
  const before = await item(keys.channel(org, mine));
  const acts: [string, unknown?][] = [
    [PATCH, { name: "Ours" }],
    [PATCH, { header: "Ours" }],
    [PATCH, { type: "public" }],
    [PATCH, { default: true }],
    ["POST /channels/{chn}/archive"],
    ["POST /channels/{chn}/restore"],
    ["DELETE /channels/{chn}"],
  ];
  for (const [act, body] of acts) {
    const given = body === undefined ? {} : { body };
    expect(await ask(gil, act, mine, given)).toMatchObject({
      status: 403,
      body: { code: "guest-restricted", rule: "GST-14" },
    });
    expect(await ask(gil, act, other, given)).toMatchObject({ status: 404, body: { rule: "GST-9" } });
  }
  expect(await item(keys.channel(org, mine))).toEqual(before);
});

test("CH-7 an archived channel is read-only, frees its place, and comes back if there is one", async () => {
  const { member, channel, ask, counters, told, item, org } = await world(limits({ publicChannels: 2 }));
  const ada = await member("ada");
  const id = await channel(ada, { name: "Plan" });
  expect(await ask(ada, "POST /channels/{chn}/restore", id)).toMatchObject({
    status: 409,
    body: { code: "not-archived" },
  });
  expect(await ask(ada, "POST /channels/{chn}/archive", id)).toMatchObject({
    status: 200,
    body: { archived: true, lastSeq: 1 },
  });
  expect(await item(keys.channelHead(org, id))).toMatchObject({ archivedAt: expect.any(String) });
  expect(await ask(ada, "POST /channels/{chn}/archive", id)).toMatchObject({
    status: 409,
    body: { code: "already-archived" },
  });
  for (const body of [{ name: "Other" }, { header: "Other" }]) {
    expect(await ask(ada, PATCH, id, { body })).toMatchObject({
      status: 409,
      body: { code: "channel-archived", rule: "CH-7" },
    });
  }
  const other = await channel(ada, { name: "Other" });
  expect(await ask(ada, "POST /channels/{chn}/restore", id)).toMatchObject({
    status: 409,
    body: { code: "quota-exceeded", rule: "SEAT-8", quota: "publicChannels", limit: 2, used: 2 },
  });
  await ask(ada, "POST /channels/{chn}/archive", other);
  expect(await ask(ada, "POST /channels/{chn}/restore", id)).toMatchObject({
    status: 200,
    body: { archived: false },
  });
  expect(await item(keys.channelHead(org, id))).not.toHaveProperty("archivedAt");
  expect(await counters()).toMatchObject({ publicChannels: 2 });
  expect(await told(id)).toMatchObject([{ kind: "archived" }, { kind: "restored" }]);
});

test("CH-7, SEAT-8 of ten restored at once for the last two places, two are", async () => {
  const { member, channel, ask, write, counters, org } = await world(limits({ publicChannels: 11 }));
  const ada = await member("ada");
  const all: string[] = [];
  for (let index = 0; index < 10; index += 1) all.push(await channel(ada, { name: `c${index}` }));
  for (const id of all) await ask(ada, "POST /channels/{chn}/archive", id);
  await write({
    label: "limit",
    update: keys.organization(org),
    expression: "SET limits.publicChannels = :limit",
    values: { ":limit": 3 },
  });
  const answers = await Promise.all(
    all.map(async (id) => await ask(ada, "POST /channels/{chn}/restore", id)),
  );
  const restored = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ body }) => body.code === "quota-exceeded");
  expect([restored.length, refused.length]).toEqual([2, 8]);
  expect(await counters()).toMatchObject({ publicChannels: 3 });
});

test("CH-7 chat admins alone delete for good: the place, the handle and the default are free, the channel is gone", async () => {
  const { member, puts, channel, ask, counters, item, org } = await world();
  const [ada, admin] = [await member("ada"), await member("zoe", CHAT_ADMIN)];
  const id = await channel(ada, { name: "Plan" });
  await ask(admin, PATCH, id, { body: { default: true } });
  await puts(admin, id);
  expect(await ask(ada, "DELETE /channels/{chn}", id)).toMatchObject({
    status: 403,
    body: { code: "not-chat-admin", rule: "CH-7" },
  });
  expect(await ask(admin, "DELETE /channels/{chn}", id)).toMatchObject({ status: 204 });
  expect(await counters()).toMatchObject({ publicChannels: 1, defaultChannelIds: [] });
  expect(await item(keys.handle(org, "plan"))).toBeUndefined();
  for (const who of [ada, admin]) {
    expect(await ask(who, "GET /channels/{chn}", id)).toMatchObject({ status: 404 });
  }
  expect(await ask(admin, "DELETE /channels/{chn}", id)).toMatchObject({ status: 404 });
});

test("CH-7 an archived channel that is deleted has freed its place before", async () => {
  const { member, channel, ask, counters } = await world();
  const admin = await member("zoe", CHAT_ADMIN);
  const id = await channel(admin, { name: "Plan", type: "private" });
  await ask(admin, "POST /channels/{chn}/archive", id);
  expect(await ask(admin, "DELETE /channels/{chn}", id)).toMatchObject({ status: 204 });
  expect(await counters()).toMatchObject({ privateChannels: 0 });
});
