import { expect, test } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld } from "./world.ts";

const world = engineWorld();
const JOIN = "POST /channels/{chn}/join";
const LEAVE = "POST /channels/{chn}/leave";

test("CH-5, MSG-12 a member joins a public channel once, however often they ask", async () => {
  const { member, channel, ask, told, partition, org } = await world();
  const [ada, bob] = [await member("ada"), await member("bob")];
  const id = await channel(ada, { name: "Plan" });
  expect(await ask(bob, JOIN, id)).toMatchObject({
    status: 200,
    body: { memberCount: 2, lastSeq: 1, me: { member: true, role: "member" } },
  });
  expect(await ask(bob, JOIN, id)).toMatchObject({ status: 200, body: { memberCount: 2, lastSeq: 1 } });
  expect(await told(id)).toEqual([{ kind: "joined", actorId: bob.userId }]);
  expect((await partition(keys.roster(org, id))).map(({ sk }) => sk)).toEqual([
    `1#${ada.userId}`,
    `2#${bob.userId}`,
  ]);
});

test("CH-5 ten who join at once are ten", async () => {
  const { member, channel, ask } = await world();
  const ada = await member("ada");
  const id = await channel(ada, { name: "Plan" });
  const many = await Promise.all(Array.from({ length: 10 }, async (_, n) => await member(`m${n}`)));
  const answers = await Promise.all([...many, ...many].map(async (who) => await ask(who, JOIN, id)));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(await ask(ada, "GET /channels/{chn}", id)).toMatchObject({ body: { memberCount: 11 } });
});

test("CH-5 a private channel is joined by nobody, and does not exist to who asks", async () => {
  const { member, channel, ask } = await world();
  const [ada, admin] = [await member("ada"), await member("zoe", { chatRole: "admin" })];
  const id = await channel(ada, { name: "Plan", type: "private" });
  expect(await ask(admin, JOIN, id)).toMatchObject({ status: 404, body: { code: "not-found" } });
});

test("CH-7 nobody joins an archived channel; who is in it leaves", async () => {
  const { member, channel, puts, ask } = await world();
  const [ada, bob, eve] = [await member("ada"), await member("bob"), await member("eve")];
  const id = await channel(ada, { name: "Plan" });
  await puts(bob, id);
  await ask(ada, "POST /channels/{chn}/archive", id);
  expect(await ask(eve, JOIN, id)).toMatchObject({ status: 409, body: { code: "channel-archived" } });
  expect(await ask(bob, JOIN, id)).toMatchObject({ status: 200 });
  expect(await ask(bob, LEAVE, id)).toMatchObject({ status: 204 });
});

test("GST-10 a guest joins nothing: a channel that is not theirs is a 404, their own a refusal", async () => {
  const { member, guest, channel, ask, item, org } = await world();
  const ada = await member("ada");
  const [mine, open] = [await channel(ada, { name: "Mine" }), await channel(ada, { name: "Open" })];
  const gil = await guest("gil", [mine]);
  expect(await ask(gil, JOIN, open)).toMatchObject({ status: 404, body: { rule: "GST-9" } });
  expect(await ask(gil, JOIN, mine)).toMatchObject({
    status: 403,
    body: { code: "guest-restricted", rule: "GST-10" },
  });
  expect(await item(keys.personChannel(org, gil.userId, open))).toBeUndefined();
});

test("CH-5, MSG-12 who leaves is out at once, and may join again", async () => {
  const { member, channel, ask, told, ids } = await world();
  const [ada, bob] = [await member("ada"), await member("bob")];
  const id = await channel(ada, { name: "Plan" });
  await ask(bob, JOIN, id);
  expect(await ask(bob, LEAVE, id)).toMatchObject({ status: 204 });
  expect(await ask(bob, LEAVE, id)).toMatchObject({ status: 403, body: { code: "not-channel-member" } });
  expect(ids(await ask(bob, "GET /channels", undefined, { query: { mine: "true" } }))).not.toContain(id);
  expect(await ask(bob, JOIN, id)).toMatchObject({ status: 200, body: { memberCount: 2 } });
  expect(await told(id)).toMatchObject([{ kind: "joined" }, { kind: "left" }, { kind: "joined" }]);
});

test("GINV-9 a guest who leaves one of two channels stays, and with the last one is no guest any more", async () => {
  const { member, guest, channel, ask, item, counters, org } = await world({ guests: 1, guestsUsed: 1 });
  const ada = await member("ada");
  const [one, two] = [await channel(ada, { name: "One" }), await channel(ada, { name: "Two" })];
  const gil = await guest("gil", [one, two]);
  expect(await ask(gil, LEAVE, one)).toMatchObject({ status: 204 });
  expect(await item(keys.member(org, gil.userId))).toMatchObject({ channelCount: 1 });
  expect(await ask(gil, LEAVE, two)).toMatchObject({ status: 204 });
  expect(await item(keys.member(org, gil.userId))).toBeUndefined();
  expect(await counters()).toMatchObject({ guests: 0, guestsUsed: 0 });
  expect(await ask(gil, "GET /channels")).toMatchObject({ status: 404, body: { code: "not-found" } });
});
