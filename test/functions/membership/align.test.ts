import { expect, test } from "vitest";
import { carryOut } from "../../../functions/membership/carry-out.ts";
import { newGuestWrites } from "../../../functions/table/guests.ts";
import { type IntentFacts, intentWrite, newIntent } from "../../../functions/table/intents.ts";
import { keys } from "../../../functions/table/keys.ts";
import { newMemberWrites } from "../../../functions/table/members.ts";
import { engineWorld, type World } from "../channel/world.ts";
import type { TestPerson } from "../shell/caller.ts";
import { guestOf, memberOf } from "../table/items.ts";
import { cutShort } from "./cut-short.ts";

const world = engineWorld();

type Alignment = Extract<IntentFacts, { kind: "align" }>;

async function align(w: World, who: TestPerson, change: Partial<Alignment> = {}, dyingAfter?: number) {
  const facts = { kind: "align" as const, userId: who.userId, join: [], groupIds: [], ...change };
  const intent = newIntent(w.org, facts, Date.now());
  await w.write(intentWrite(intent));
  if (dyingAfter !== undefined)
    await expect(carryOut(cutShort(w.table, dyingAfter), intent)).rejects.toThrow();
  await carryOut(w.table, intent);
  expect(await w.partition(`O#${w.org}#INTENTS`)).toEqual([]);
}

const rosterOf = async (w: World, id: string): Promise<unknown[]> =>
  (await w.partition(keys.roster(w.org, id))).map(({ sk }) => sk);
const figures = async (w: World, id: string) => await w.item(keys.channel(w.org, id));

async function team(w: World, max: TestPerson, who: TestPerson, chn: string): Promise<string> {
  const { body } = await w.ask(max, "POST /groups", undefined, {
    params: { org: w.org },
    body: { name: "Team" },
  });
  const at = { params: { org: w.org, grp: body.id, user: who.userId } };
  await w.ask(max, "PUT /groups/{grp}/members/{user}", undefined, at);
  const attached = await w.ask(max, "POST /channels/{chn}/members", chn, { body: { groupIds: [body.id] } });
  expect(attached.body.summary).toEqual({ added: 1 });
  return body.id;
}

async function becomesGuest(w: World, who: TestPerson, channelCount: number) {
  const { version: _, joinedAt: _at, kind: _kind, ...guest } = guestOf(who.userId, { organizationId: w.org });
  await w.write(...newGuestWrites({ ...guest, channelCount, addressKeys: [] }, Date.now(), { version: 1 }));
}

test("ORG-10 whoever has no record any more is in no channel, conversation or group", async () => {
  const w = await world();
  const [max, bob] = [await w.member("max", { chatRole: "admin" }), await w.member("bob")];
  const ids: string[] = [];
  for (let n = 0; n < 23; n += 1) {
    const id = await w.channel(max, { name: `Channel ${n}` });
    await w.puts(bob, id);
    ids.push(id);
  }
  const through = await w.channel(max, { name: "Through" });
  const group = await team(w, max, bob, through);
  const talk = await w.ask(bob, "POST /channels/direct", undefined, {
    params: { org: w.org },
    body: { userIds: [max.userId] },
  });
  await w.write({ label: "bob", remove: keys.member(w.org, bob.userId) });
  await align(w, bob, {}, 2);
  expect(await w.partition(keys.person(w.org, bob.userId))).toEqual([]);
  for (const id of [...ids, through]) expect(await figures(w, id)).toMatchObject({ members: 1, guests: 0 });
  expect(await rosterOf(w, talk.body.id)).not.toContain(`2#${bob.userId}`);
  expect(await w.partition(keys.groupPeople(w.org, group))).toEqual([]);
});

test("ORG-10 whoever came back meanwhile is not taken out", async () => {
  const w = await world();
  const [max, bob] = [await w.member("max"), await w.member("bob")];
  const id = await w.channel(max, { name: "Plan" });
  await w.puts(bob, id);
  await align(w, bob);
  expect(await rosterOf(w, id)).toContain(`2#${bob.userId}`);
});

test("GINV-11 a member who is made a guest keeps the chosen channels as one, and leaves the others and the groups", async () => {
  const w = await world();
  const [max, bob] = [await w.member("max", { chatRole: "admin" }), await w.member("bob")];
  const [kept, left, through] = [
    await w.channel(bob, { name: "Kept" }),
    await w.channel(bob, { name: "Left", type: "private" }),
    await w.channel(max, { name: "Through" }),
  ];
  const group = await team(w, max, bob, through);
  await becomesGuest(w, bob, 3);
  const keep = [kept, through, w.general];
  await align(w, bob, { keep }, 1);
  await align(w, bob, { keep });
  expect(await rosterOf(w, kept)).toEqual([`3#${bob.userId}`]);
  expect(await rosterOf(w, left)).toEqual([]);
  expect(await rosterOf(w, through)).toEqual([`1#${max.userId}`, `3#${bob.userId}`]);
  expect(await rosterOf(w, w.general)).toEqual([`3#${bob.userId}`]);
  for (const id of [kept, w.general]) expect(await figures(w, id)).toMatchObject({ members: 0, guests: 1 });
  expect(await figures(w, left)).toMatchObject({ members: 0, guests: 0 });
  expect(await w.partition(keys.groupPeople(w.org, group))).toEqual([]);
  expect(await w.item(keys.member(w.org, bob.userId))).toMatchObject({ kind: "guest", channelCount: 3 });
});

test("GINV-9 GINV-11 if what was to be kept is gone by then, the guest is, too", async () => {
  const w = await world({ guests: 1, guestsUsed: 1 });
  const bob = await w.member("bob");
  const id = await w.channel(bob, { name: "Gone" });
  await becomesGuest(w, bob, 1);
  await w.write({ label: "gone", remove: keys.channel(w.org, id) });
  await align(w, bob, { keep: [id] });
  expect(await w.item(keys.member(w.org, bob.userId))).toBeUndefined();
  expect(await w.partition(keys.person(w.org, bob.userId))).toEqual([]);
  expect(await w.counters()).toMatchObject({ guests: 0, guestsUsed: 0 });
});

test("MINV-6 GINV-11 a guest who becomes a member keeps their channels as one, General without a row", async () => {
  const w = await world();
  const max = await w.member("max");
  const id = await w.channel(max, { name: "Plan" });
  const gil = await w.guest("gil", [id, w.general]);
  const {
    version: _,
    joinedAt: _at,
    kind: _kind,
    ...member
  } = memberOf(gil.userId, { organizationId: w.org });
  await w.write(...newMemberWrites(member, Date.now(), { version: 1 }));
  await align(w, gil, {}, 0);
  expect(await rosterOf(w, id)).toEqual([`1#${max.userId}`, `2#${gil.userId}`]);
  expect(await rosterOf(w, w.general)).toEqual([]);
  expect(await figures(w, id)).toMatchObject({ members: 2, guests: 0 });
  expect(await figures(w, w.general)).toMatchObject({ members: 0, guests: 0 });
  expect(await w.ask(gil, "GET /channels/{chn}", w.general)).toMatchObject({
    body: { me: { member: true } },
  });
});

test("MINV-5 CH-2 MSG-12 a new member joins what they were given that is still there, once", async () => {
  const w = await world();
  const [max, new1] = [await w.member("max", { chatRole: "admin" }), await w.member("new1")];
  const old = await w.member("old");
  const [open, closed, archived, through] = [
    await w.channel(max, { name: "Open" }),
    await w.channel(max, { name: "Closed", type: "private" }),
    await w.channel(max, { name: "Archived" }),
    await w.channel(max, { name: "Through" }),
  ];
  await w.ask(max, "POST /channels/{chn}/archive", archived);
  const group = await team(w, max, old, through);
  const missing = `chn_${"0".repeat(26)}`;
  const change = {
    join: [open, closed, archived, w.general, missing],
    groupIds: [group, `grp_${"0".repeat(26)}`],
  };
  await align(w, new1, change, 1);
  await align(w, new1, change);
  for (const id of [open, closed]) {
    expect(await rosterOf(w, id)).toEqual([`1#${max.userId}`, `2#${new1.userId}`]);
    expect(await w.told(id)).toEqual([{ kind: "joined", actorId: new1.userId }]);
  }
  expect(await rosterOf(w, archived)).toEqual([`1#${max.userId}`]);
  expect(await rosterOf(w, through)).toContain(`2#${new1.userId}`);
  expect(await w.item(keys.group(w.org, group))).toMatchObject({ members: 2 });
});
