import { expect, test } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld, type World } from "../channel/world.ts";
import type { TestPerson } from "../shell/caller.ts";

const world = engineWorld();

/** A request about a group, somebody in it, or a channel of it. */
async function ask(w: World, as: TestPerson, act: string, ids: Record<string, string> = {}, more = {}) {
  return await w.ask(as, act, undefined, { params: { org: w.org, ...ids }, ...more });
}

const at = (grp: string, who?: TestPerson) => ({ grp, ...(who === undefined ? {} : { user: who.userId }) });

async function groupBy(w: World, as: TestPerson, body: object): Promise<string> {
  const answer = await ask(w, as, "POST /groups", {}, { body });
  expect(answer).toMatchObject({ status: 201, headers: { etag: '"1"' } });
  return answer.body.id;
}

const PUT = "PUT /groups/{grp}/members/{user}";
const TAKE = "DELETE /groups/{grp}/members/{user}";
const ATTACH = "POST /channels/{chn}/members";
const DETACH = "DELETE /channels/{chn}/groups/{grp}";

const rosterOf = async (w: World, id: string): Promise<unknown[]> =>
  (await w.partition(keys.roster(w.org, id))).map(({ sk }) => sk);

test("CH-8 GST-13 managers create groups, whose names read differently; guests know of none", async () => {
  const w = await world();
  const [ada, max] = [await w.member("ada"), await w.member("max", { orgRole: "administrator" })];
  const gil = await w.guest("gil", [w.general]);
  expect(await ask(w, ada, "POST /groups", {}, { body: { name: "Team" } })).toMatchObject({
    status: 403,
    body: { code: "not-manager", rule: "CH-8" },
  });
  const id = await groupBy(w, max, { name: "Team" });
  expect(await ask(w, max, "POST /groups", {}, { body: { name: " téAM " } })).toMatchObject({
    status: 409,
    body: { code: "group-name-taken" },
  });
  expect(await ask(w, gil, "GET /groups")).toMatchObject({ status: 403, body: { rule: "GST-13" } });
  expect(await ask(w, gil, "GET /groups/{grp}", at(id))).toMatchObject({ status: 403 });
  expect(await ask(w, ada, "GET /groups")).toMatchObject({
    body: {
      items: [{ id, name: "Team", open: false, memberCount: 0, channelIds: [], me: { member: false } }],
    },
  });
});

test("CH-8 a group is renamed on the version that was read, and its former name is free", async () => {
  const w = await world();
  const max = await w.member("max", { chatRole: "admin" });
  const id = await groupBy(w, max, { name: "Team" });
  const rename = async (name: string, version: string) =>
    await ask(w, max, "PATCH /groups/{grp}", at(id), { body: { name }, headers: { "if-match": version } });
  expect(await rename("Crew", '"1"')).toMatchObject({ status: 200, body: { name: "Crew" } });
  expect(await rename("Band", '"1"')).toMatchObject({ status: 412 });
  await groupBy(w, max, { name: "Team" });
  expect(await rename("Team", '"2"')).toMatchObject({ status: 409, body: { code: "group-name-taken" } });
  expect(await rename("CREW", '"2"')).toMatchObject({ status: 200, body: { name: "CREW" } });
});

test("CH-9 GST-10 GST-12 members join open groups, managers put them into others, guests are in none", async () => {
  const w = await world();
  const [ada, bob, max] = [
    await w.member("ada"),
    await w.member("bob"),
    await w.member("max", { chatRole: "admin" }),
  ];
  const gil = await w.guest("gil", [w.general]);
  const open = await groupBy(w, max, { name: "Open", open: true });
  const closed = await groupBy(w, max, { name: "Closed" });
  expect(await ask(w, ada, PUT, at(open, ada))).toMatchObject({ status: 200, body: { userId: ada.userId } });
  expect(await ask(w, ada, PUT, at(open, bob))).toMatchObject({ status: 403, body: { code: "not-manager" } });
  expect(await ask(w, ada, PUT, at(closed, ada))).toMatchObject({
    body: { code: "group-not-open", rule: "CH-9" },
  });
  expect(await ask(w, max, PUT, at(closed, bob))).toMatchObject({ status: 200 });
  expect(await ask(w, max, PUT, at(closed, bob))).toMatchObject({ status: 200 });
  expect(await ask(w, max, PUT, at(closed, gil))).toMatchObject({ body: { code: "guest-not-in-groups" } });
  expect(await ask(w, gil, PUT, at(open, gil))).toMatchObject({ status: 403, body: { rule: "GST-10" } });
  expect(await ask(w, gil, PUT, at(open, ada))).toMatchObject({ status: 403, body: { rule: "GST-12" } });
  expect(await ask(w, bob, "GET /groups/{grp}", at(closed))).toMatchObject({
    body: { memberCount: 1, me: { member: true } },
  });
  expect(await ask(w, ada, "GET /groups/{grp}/members", at(closed))).toMatchObject({
    body: { items: [{ userId: bob.userId, firstName: "bob" }], nextCursor: null },
  });
  expect(await ask(w, bob, TAKE, at(closed, bob))).toMatchObject({ body: { code: "group-not-open" } });
  expect(await ask(w, ada, TAKE, at(open, ada))).toMatchObject({ status: 204 });
  expect(await ask(w, max, TAKE, at(closed, ada))).toMatchObject({ status: 404 });
});

test("CH-9 whoever joins a group joins its channels, and leaves them with it unless they are there anyway", async () => {
  const w = await world();
  const [max, bob, eve] = [
    await w.member("max", { chatRole: "admin" }),
    await w.member("bob"),
    await w.member("eve"),
  ];
  const group = await groupBy(w, max, { name: "Team" });
  const other = await groupBy(w, max, { name: "Other" });
  const id = await w.channel(max, { name: "Plan" });
  await w.puts(eve, id);
  await ask(w, max, PUT, at(group, bob));
  const attached = await ask(w, max, ATTACH, { chn: id }, { body: { groupIds: [group, other] } });
  expect(attached.body).toEqual({
    results: [{ userId: bob.userId, groupId: group, status: "added" }],
    summary: { added: 1 },
  });
  await ask(w, max, PUT, at(group, eve));
  await ask(w, max, PUT, at(other, bob));
  expect(await rosterOf(w, id)).toHaveLength(3);
  expect(await w.ask(max, "GET /channels/{chn}", id)).toMatchObject({ body: { memberCount: 3 } });
  const { body } = await w.ask(max, "GET /channels/{chn}/groups", id);
  expect(body.items.map(({ id: groupId }: { id: string }) => groupId)).toEqual([group, other]);
  expect(await w.ask(bob, "POST /channels/{chn}/leave", id)).toMatchObject({
    status: 409,
    body: { code: "through-group", rule: "CH-9" },
  });
  await ask(w, max, TAKE, at(group, bob));
  await ask(w, max, TAKE, at(group, eve));
  expect(await rosterOf(w, id)).toHaveLength(3);
  await ask(w, max, TAKE, at(other, bob));
  expect(await rosterOf(w, id)).toEqual([`1#${max.userId}`, `2#${eve.userId}`]);
  expect(await w.ask(max, "GET /channels/{chn}", id)).toMatchObject({ body: { memberCount: 2 } });
  expect(await w.ask(eve, "POST /channels/{chn}/leave", id)).toMatchObject({ status: 204 });
});

test("CH-9 detaching a group, and deleting it, takes those out who are there through it alone", async () => {
  const w = await world();
  const [max, bob] = [await w.member("max", { chatRole: "admin" }), await w.member("bob")];
  const group = await groupBy(w, max, { name: "Team" });
  await ask(w, max, PUT, at(group, bob));
  const [first, second] = [
    await w.channel(max, { name: "First" }),
    await w.channel(max, { name: "Second", type: "private" }),
  ];
  for (const chn of [first, second]) await ask(w, max, ATTACH, { chn }, { body: { groupIds: [group] } });
  const shown = await ask(w, bob, "GET /groups/{grp}", at(group));
  expect(shown.body.channelIds).toEqual([first, second]);
  const stranger = await w.member("stranger");
  expect((await ask(w, stranger, "GET /groups/{grp}", at(group))).body.channelIds).toEqual([first]);
  expect(await ask(w, bob, DETACH, { chn: first, grp: group })).toMatchObject({ status: 403 });
  expect(await ask(w, max, DETACH, { chn: first, grp: group })).toMatchObject({ status: 204 });
  expect(await ask(w, max, DETACH, { chn: first, grp: group })).toMatchObject({ status: 404 });
  expect(await rosterOf(w, first)).toEqual([`1#${max.userId}`]);
  expect(await rosterOf(w, second)).toHaveLength(2);
  expect(await ask(w, max, "DELETE /groups/{grp}", at(group))).toMatchObject({ status: 204 });
  expect(await rosterOf(w, second)).toEqual([`1#${max.userId}`]);
  expect(await w.partition(keys.person(w.org, bob.userId))).toEqual([]);
  expect(await w.partition(keys.groupPeople(w.org, group))).toEqual([]);
  expect(await w.partition(keys.channelGroups(w.org, second))).toEqual([]);
  expect(await w.partition(`O#${w.org}#INTENTS`)).toEqual([]);
  expect(await w.told(second)).toEqual([{ kind: "added", actorId: max.userId }]);
  expect((await w.told(first)).at(-1)).toEqual({ kind: "removed", actorId: max.userId });
});

test("CH-9 a group is attached by those in the channel, never to General nor an archived channel", async () => {
  const w = await world();
  const [max, ada] = [await w.member("max", { chatRole: "admin" }), await w.member("ada")];
  const group = await groupBy(w, max, { name: "Team" });
  const attach = async (as: TestPerson, chn: string, groupIds = [group]) =>
    await ask(w, as, ATTACH, { chn }, { body: { groupIds } });
  const id = await w.channel(max, { name: "Plan" });
  expect(await attach(ada, id)).toMatchObject({ status: 403, body: { code: "not-channel-member" } });
  expect(await attach(max, w.general)).toMatchObject({ body: { code: "general-channel", rule: "CH-1" } });
  expect(await attach(max, id, [`grp_${"0".repeat(26)}`])).toMatchObject({ status: 404 });
  await w.ask(max, "POST /channels/{chn}/archive", id);
  expect(await attach(max, id)).toMatchObject({ body: { code: "channel-archived" } });
  expect(await w.partition(keys.channelGroups(w.org, id))).toEqual([]);
});

test("CH-9 a group is attached to 20 channels, joined and left in one transaction each; the next is refused", async () => {
  const w = await world();
  const [max, bob] = [await w.member("max", { chatRole: "admin" }), await w.member("bob")];
  const group = await groupBy(w, max, { name: "Team" });
  const ids: string[] = [];
  for (let n = 0; n < 21; n += 1) ids.push(await w.channel(max, { name: `Channel ${n}` }));
  for (const chn of ids.slice(0, 20)) {
    expect(await ask(w, max, ATTACH, { chn }, { body: { groupIds: [group] } })).toMatchObject({
      status: 200,
    });
  }
  const [last = ""] = ids.slice(20);
  expect(await ask(w, max, ATTACH, { chn: last }, { body: { groupIds: [group] } })).toMatchObject({
    status: 409,
    body: { code: "too-many-attachments", rule: "CH-9" },
  });
  await ask(w, max, PUT, at(group, bob));
  expect(await w.partition(keys.person(w.org, bob.userId))).toHaveLength(21);
  expect(await ask(w, max, TAKE, at(group, bob))).toMatchObject({ status: 204 });
  expect(await w.partition(keys.person(w.org, bob.userId))).toEqual([]);
});

test("CH-9 who joins while the group is being attached, or detached, follows what is there in the end", async () => {
  const w = await world();
  const [max, bob, eve] = [
    await w.member("max", { chatRole: "admin" }),
    await w.member("bob"),
    await w.member("eve"),
  ];
  const group = await groupBy(w, max, { name: "Team" });
  const id = await w.channel(max, { name: "Plan" });
  w.meanwhile(async () => await ask(w, max, ATTACH, { chn: id }, { body: { groupIds: [group] } }));
  expect(await ask(w, max, PUT, at(group, bob))).toMatchObject({ status: 200 });
  expect(await rosterOf(w, id)).toContain(`2#${bob.userId}`);
  w.meanwhile(async () => await ask(w, max, DETACH, { chn: id, grp: group }));
  expect(await ask(w, max, PUT, at(group, eve))).toMatchObject({ status: 200 });
  expect(await rosterOf(w, id)).toEqual([`1#${max.userId}`]);
  w.meanwhile(async () => await ask(w, max, ATTACH, { chn: id }, { body: { groupIds: [group] } }));
  expect(await ask(w, max, TAKE, at(group, bob))).toMatchObject({ status: 204 });
  expect(await rosterOf(w, id)).toEqual([`1#${max.userId}`, `2#${eve.userId}`]);
  expect(await ask(w, max, "GET /groups/{grp}", at(group))).toMatchObject({ body: { memberCount: 1 } });
});

test("CH-9 nobody lets themselves into a group that is closed at the same time", async () => {
  const w = await world();
  const [max, bob] = [await w.member("max", { chatRole: "admin" }), await w.member("bob")];
  const secret = await w.channel(max, { name: "Secret", type: "private" });
  const group = await groupBy(w, max, { name: "Team", open: true });
  await ask(w, max, ATTACH, { chn: secret }, { body: { groupIds: [group] } });
  w.meanwhile(async () => await ask(w, max, "PATCH /groups/{grp}", at(group), { body: { open: false } }));
  expect(await ask(w, bob, PUT, at(group, bob))).toMatchObject({
    status: 403,
    body: { code: "group-not-open", rule: "CH-9" },
  });
  expect(await rosterOf(w, secret)).toEqual([`1#${max.userId}`]);
});
