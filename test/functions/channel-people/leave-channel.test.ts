import { expect, test } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld, type World } from "../channel/world.ts";
import type { TestPerson } from "../shell/caller.ts";

const world = engineWorld();
const REMOVE = "DELETE /channels/{chn}/members/{user}";
const ROLE = "PUT /channels/{chn}/members/{user}/role";

/** Of one channel and one person in it. */
const of = ({ org }: World, chn: string, { userId }: TestPerson, body?: object) => ({
  params: { org, chn, user: userId },
  ...(body === undefined ? {} : { body }),
});

test("CH-6 MSG-12 a channel admin removes people, and they are out: row, roster, figures, fence", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const id = await w.channel(ada, { name: "Plan", type: "private" });
  await w.puts(bob, id);
  expect(await w.ask(ada, REMOVE, id, of(w, id, bob))).toMatchObject({ status: 204 });
  expect(await w.item(keys.personChannel(w.org, bob.userId, id))).toBeUndefined();
  expect((await w.partition(keys.roster(w.org, id))).map(({ sk }) => sk)).toEqual([`1#${ada.userId}`]);
  expect(await w.item(keys.channelHead(w.org, id))).toMatchObject({ fencedAt: expect.any(Number) });
  expect(await w.ask(ada, "GET /channels/{chn}", id)).toMatchObject({ body: { memberCount: 1 } });
  expect(await w.told(id)).toEqual([{ kind: "removed", actorId: ada.userId, userIds: [bob.userId] }]);
  expect(await w.partition(`O#${w.org}#INTENTS`)).toEqual([]);
  expect(await w.ask(ada, REMOVE, id, of(w, id, bob))).toMatchObject({ status: 404 });
});

test("CH-1 CH-6 members neither leave General nor remove others where they are no admin", async () => {
  const w = await world();
  const [ada, bob, zoe] = [
    await w.member("ada"),
    await w.member("bob"),
    await w.member("zoe", { chatRole: "admin" }),
  ];
  const id = await w.channel(ada, { name: "Plan" });
  await w.puts(bob, id);
  const general = { status: 409, body: { code: "general-channel", rule: "CH-1" } };
  expect(await w.ask(bob, REMOVE, w.general, of(w, w.general, bob))).toMatchObject(general);
  expect(await w.ask(zoe, REMOVE, w.general, of(w, w.general, bob))).toMatchObject(general);
  expect(await w.ask(bob, REMOVE, id, of(w, id, ada))).toMatchObject({
    status: 403,
    body: { code: "not-channel-admin", rule: "CH-6" },
  });
  expect(await w.ask(zoe, REMOVE, id, of(w, id, bob))).toMatchObject({ status: 204 });
});

test("GINV-9 a guest who is removed from their last channel leaves the organization in the same transaction", async () => {
  const w = await world({ guests: 1, guestsUsed: 1 });
  const zoe = await w.member("zoe", { chatRole: "admin" });
  const [first, second] = [
    await w.channel(zoe, { name: "First" }),
    await w.channel(zoe, { name: "Second", type: "private" }),
  ];
  const gil = await w.guest("gil", [first, second]);
  expect(await w.ask(gil, REMOVE, first, of(w, first, gil))).toMatchObject({ status: 204 });
  expect(await w.item(keys.member(w.org, gil.userId))).toMatchObject({ channelCount: 1 });
  expect(await w.counters()).toMatchObject({ guests: 1, guestsUsed: 1 });
  expect(await w.ask(zoe, REMOVE, second, of(w, second, gil))).toMatchObject({ status: 204 });
  expect(await w.item(keys.member(w.org, gil.userId))).toBeUndefined();
  expect(await w.item(keys.guest(w.org, gil.userId))).toBeUndefined();
  expect(await w.counters()).toMatchObject({ guests: 0, guestsUsed: 0 });
  expect(await w.partition(keys.person(w.org, gil.userId))).toEqual([]);
  expect(await w.ask(gil, "GET /channels")).toMatchObject({ status: 404 });
});

test("GINV-9 a guest's last two channels, left at once, are the end of them, once", async () => {
  const w = await world({ guests: 1, guestsUsed: 1 });
  const zoe = await w.member("zoe", { chatRole: "admin" });
  const [first, second] = [await w.channel(zoe, { name: "First" }), await w.channel(zoe, { name: "Second" })];
  const gil = await w.guest("gil", [first, second]);
  const answers = await Promise.all([
    w.ask(gil, REMOVE, first, of(w, first, gil)),
    w.ask(gil, REMOVE, second, of(w, second, gil)),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([204, 204]);
  expect(await w.counters()).toMatchObject({ guests: 0, guestsUsed: 0 });
  expect(await w.partition(keys.person(w.org, gil.userId))).toEqual([]);
});

test("GST-9 GST-16 a guest removes nobody, and where they are not they are told nothing", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const [mine, other] = [await w.channel(ada, { name: "Mine" }), await w.channel(ada, { name: "Other" })];
  const gil = await w.guest("gil", [mine]);
  expect(await w.ask(gil, REMOVE, mine, of(w, mine, ada))).toMatchObject({
    status: 403,
    body: { rule: "GST-14" },
  });
  expect(await w.ask(gil, REMOVE, other, of(w, other, ada))).toMatchObject({ status: 404 });
});

test("CH-6 GST-14 channel admins name and dismiss channel admins, and no guest is one", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const id = await w.channel(ada, { name: "Plan" });
  await w.puts(bob, id);
  const gil = await w.guest("gil", [id]);
  const admin = { role: "admin" };
  expect(await w.ask(bob, ROLE, id, of(w, id, bob, admin))).toMatchObject({ status: 403 });
  expect(await w.ask(ada, ROLE, id, of(w, id, bob, admin))).toMatchObject({
    status: 200,
    body: { userId: bob.userId, role: "admin" },
  });
  expect(await w.ask(bob, ROLE, id, of(w, id, ada, { role: "member" }))).toMatchObject({ status: 200 });
  expect((await w.partition(keys.roster(w.org, id))).map(({ sk }) => sk)).toEqual([
    `1#${bob.userId}`,
    `2#${ada.userId}`,
    `3#${gil.userId}`,
  ]);
  expect(await w.ask(bob, ROLE, id, of(w, id, gil, admin))).toMatchObject({
    status: 409,
    body: { code: "guest-not-channel-admin", rule: "GST-14" },
  });
  expect(await w.ask(bob, ROLE, id, of(w, id, bob, { role: "member" }))).toMatchObject({ status: 200 });
  expect(await w.told(id)).toHaveLength(3);
});
