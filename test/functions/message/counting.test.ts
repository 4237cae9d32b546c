import { expect, test } from "vitest";
import { messageDeps } from "../../../functions/message/message-deps.ts";
import { postMessage } from "../../../functions/message/post-message.ts";
import { keys, PREFIXES } from "../../../functions/table/keys.ts";
import { dropMentions } from "../../../functions/table/mentions.ts";
import { engineWorld, type World } from "../channel/world.ts";
import type { TestPerson } from "../shell/caller.ts";

const world = engineWorld();
const ME = "PUT /channels/{chn}/me";

function posting({ table, org }: World) {
  const deps = messageDeps(table);
  let nonce = 0;
  return async (as: TestPerson, channelId: string, text: string, replyTo?: number) => {
    nonce += 1;
    const { userId } = as;
    const input = { organizationId: org, channelId, userId, text, nonce: `n${nonce}`, replyTo };
    return await postMessage(deps, input);
  };
}

async function setup() {
  const w = await world();
  const named = async (name: string) => await w.member(name, { handle: `${name}-1`, addressKeys: [] });
  const [ada, bob, eve] = [await named("ada"), await named("bob"), await named("eve")];
  const plan = await w.channel(ada, { name: "Plan" });
  await w.puts(bob, plan);
  const mentionsOf = async ({ userId }: TestPerson) =>
    (await w.partition(keys.person(w.org, userId))).filter(({ sk }) =>
      String(sk).startsWith(PREFIXES.mention),
    );
  const unread = async (as: TestPerson, channelId = plan) => {
    const { body } = await w.ask(as, "GET /unread");
    const found = body.items.find((item: { channelId: string }) => item.channelId === channelId);
    return [found?.unread, found?.mentions];
  };
  return { w, ada, bob, eve, plan, post: posting(w), mentionsOf, unread };
}

test("MSG-10, MSG-11 a mention is counted until it is read, by whoever is mentioned alone", async () => {
  const { w, ada, bob, plan, post, mentionsOf, unread } = await setup();
  await post(ada, plan, "hi @bob-1");
  await post(ada, plan, "and you, @Bob-1. @ada-1");
  await post(ada, plan, "nobody");
  expect([await unread(bob), await unread(ada)]).toEqual([
    [3, 2],
    [3, 0],
  ]);
  await w.ask(bob, ME, plan, { body: { lastReadSeq: 1 } });
  expect(await unread(bob)).toEqual([2, 1]);
  expect(await mentionsOf(bob)).toHaveLength(1);
  await w.ask(bob, ME, plan, { body: { lastReadSeq: 3 } });
  expect(await unread(bob)).toEqual([0, 0]);
  expect(await mentionsOf(bob)).toEqual([]);
});

test("MSG-10 who is not in the channel is noted nowhere, and the author may add them", async () => {
  const { ada, eve, plan, post, mentionsOf } = await setup();
  expect((await post(ada, plan, "@eve-1")).notInChannel).toMatchObject([
    { userId: eve.userId, handle: "eve-1", mayAdd: true },
  ]);
  expect(await mentionsOf(eve)).toEqual([]);
});

test("MSG-10, MSG-11 a channel and a group are counted for those in them, a message once", async () => {
  const { w, ada, bob, plan, post, unread } = await setup();
  const chief = await w.member("chief", { orgRole: "administrator" });
  const made = await w.ask(chief, "POST /groups", undefined, { body: { name: "Sales Team", open: false } });
  const groupId = made.body.id;
  await w.ask(chief, "PUT /groups/{grp}/members/{user}", undefined, {
    params: { org: w.org, grp: groupId, user: bob.userId },
  });
  const { message } = await post(ada, plan, "@sales-team @bob-1");
  expect(message.mentions).toEqual({ userIds: [bob.userId], groupIds: [groupId], isChannel: false });
  expect([await unread(bob), await unread(ada)]).toEqual([
    [1, 1],
    [1, 0],
  ]);
  await post(ada, plan, "@channel");
  expect([await unread(bob), await unread(ada)]).toEqual([
    [2, 2],
    [2, 1],
  ]);
  await w.ask(bob, ME, plan, { body: { lastReadSeq: 2 } });
  expect(await unread(bob)).toEqual([0, 0]);
});

test("CH-1, MSG-10 guests and members are mentioned in General", async () => {
  const { w, ada, bob, post, unread } = await setup();
  const gil = await w.guest("gil", [w.general]);
  const handle = (await w.item(keys.member(w.org, gil.userId)))?.["handle"];
  await post(ada, w.general, `@bob-1 @${handle}`);
  expect([await unread(bob, w.general), await unread(gil, w.general)]).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

test("MSG-8 replies written at once are all in the thread, which its first author and the mentioned follow", async () => {
  const { w, ada, bob, eve, plan, post } = await setup();
  await w.puts(eve, plan);
  await post(ada, plan, "root");
  const replies = await Promise.all(
    [bob, bob, ada, bob, ada].map(async (who, index) => await post(who, plan, `r${index}`, 1)),
  );
  await post(bob, plan, "@eve-1", replies[0]?.message.seq);
  const root = await w.item(keys.message(w.org, plan, 1));
  expect(root?.["thread"]).toMatchObject({ replies: 6, userIds: new Set([ada.userId, bob.userId]) });
  expect(await w.partition(keys.thread(w.org, plan, 1))).toHaveLength(6);
  for (const { userId } of [ada, bob, eve])
    expect(await w.item(keys.personThread(w.org, userId, plan, 1))).toMatchObject({ isFollowing: true });
});

test("PRS-4 level and mute are on one's line of the roster, and stay with it when it moves", async () => {
  const { w, ada, bob, plan } = await setup();
  const line = async (rank: number) => await w.item(keys.rosterEntry(w.org, plan, rank, bob.userId));
  const asked = await w.ask(bob, ME, plan, { body: { level: "all", muted: true, favourite: true } });
  expect(asked).toMatchObject({ status: 200, body: { level: "all", muted: true, favourite: true } });
  expect(await line(2)).toMatchObject({ level: "all", isMuted: true });
  expect(await line(2)).not.toHaveProperty("isFavourite");
  await w.ask(ada, "PUT /channels/{chn}/members/{user}/role", plan, {
    params: { org: w.org, chn: plan, user: bob.userId },
    body: { role: "admin" },
  });
  expect(await line(2)).toBeUndefined();
  expect(await line(1)).toMatchObject({ level: "all", isMuted: true });
  await w.ask(bob, ME, plan, { body: { level: "none", muted: false } });
  expect(await line(1)).toMatchObject({ level: "none", isMuted: false });
});

test("PRS-4 of a channel one is notified of mentions, of a conversation of everything, unless one says otherwise", async () => {
  const { w, ada, bob, plan } = await setup();
  const opened = await w.ask(ada, "POST /channels/direct", undefined, { body: { userIds: [bob.userId] } });
  expect(opened.body.me.level).toBe("all");
  expect((await w.ask(ada, "GET /channels/{chn}", plan)).body.me.level).toBe("mentions");
  expect((await w.ask(ada, ME, opened.body.id, { body: { level: "mentions" } })).body.level).toBe("mentions");
  expect(await w.ask(ada, ME, plan, { body: { level: "some" } })).toMatchObject({ status: 400 });
});

test("MSG-11, PRS-4 what is unread comes with how it is set: muted, what is notified; muting takes no mention away", async () => {
  const { w, ada, bob, plan, post } = await setup();
  const opened = await w.ask(ada, "POST /channels/direct", undefined, { body: { userIds: [bob.userId] } });
  const settings = async () => {
    const { body } = await w.ask(bob, "GET /unread");
    type Item = { channelId: string; level: string; muted: boolean; mentions: number };
    return new Map<string, unknown>(
      body.items.map(({ channelId, level, muted, mentions }: Item) => [channelId, [level, muted, mentions]]),
    );
  };
  await post(ada, plan, "@bob-1");
  const before = await settings();
  expect([w.general, plan, opened.body.id].map((id) => before.get(id))).toEqual([
    ["mentions", false, 0],
    ["mentions", false, 1],
    ["all", false, 0],
  ]);
  await w.ask(bob, ME, plan, { body: { level: "none", muted: true } });
  expect((await settings()).get(plan)).toEqual(["none", true, 1]);
});

test("CH-1, PRS-4 how a member has set General is on the entry of their connections, if they have any", async () => {
  const { w, ada } = await setup();
  const live = keys.livePerson(w.org, ada.userId);
  await w.ask(ada, ME, w.general, { body: { level: "none" } });
  expect(await w.item(live)).toBeUndefined();
  await w.write({
    label: "live",
    put: { ...live, connections: new Set(["c1"]), expiresAt: 9_999_999_999, isGuest: false },
  });
  await w.ask(ada, ME, w.general, { body: { muted: true } });
  expect((await w.item(live))?.["general"]).toEqual({ level: "none", isMuted: true });
});

test("MSG-10, ORG-10 a handle goes with its person", async () => {
  const { w, ada, plan, post } = await setup();
  const gil = await w.guest("gil", [plan]);
  const record = await w.item(keys.member(w.org, gil.userId));
  const handle = String(record?.["handle"]);
  expect((await post(ada, plan, `@${handle}`)).message.mentions?.userIds).toEqual([gil.userId]);
  expect(await w.item(keys.personHandle(w.org, handle))).toMatchObject({ userId: gil.userId });
});

test("MSG-6, MSG-11 a deleted message mentions nobody any more", async () => {
  const { w, ada, bob, plan, post, mentionsOf, unread } = await setup();
  const { message } = await post(ada, plan, "@bob-1");
  const { message: wide } = await post(ada, plan, "@channel");
  await post(ada, plan, "@channel @bob-1");
  expect(await unread(bob)).toEqual([3, 3]);
  const channel = { organizationId: w.org, channelId: plan };
  for (const gone of [message, wide, wide]) await dropMentions(w.table, channel, gone);
  expect(await unread(bob)).toEqual([3, 1]);
  expect(await mentionsOf(bob)).toHaveLength(1);
});

test("MSG-11 nobody else's mentions count, nor those of a channel that one has left", async () => {
  const { w, ada, bob, plan, post, unread } = await setup();
  await post(ada, plan, "@bob-1 @channel");
  await w.ask(bob, "POST /channels/{chn}/leave", plan);
  expect(await unread(bob)).toEqual([undefined, undefined]);
  expect((await post(ada, plan, "@bob-1")).notInChannel).toMatchObject([{ handle: "bob-1" }]);
});
