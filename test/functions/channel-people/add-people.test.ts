import { expect, test } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld, type World } from "../channel/world.ts";
import type { Answered, TestPerson } from "../shell/caller.ts";

const world = engineWorld();
const MEMBERS = "/channels/{chn}/members";
const ADD = `POST ${MEMBERS}`;

const add = (userIds: string[]) => ({ body: { userIds } });
const statuses = ({ body }: Answered): string[] =>
  body.results.map(({ status }: { status: string }) => status);
const people = async (ask: World["ask"], as: TestPerson, id: string): Promise<string[]> =>
  (await ask(as, `GET ${MEMBERS}`, id)).body.items.map(({ userId }: { userId: string }) => userId);

test("CH-8 MSG-12 people are added and answered for in the order of the request, each once", async () => {
  const { member, channel, ask, told } = await world();
  const [ada, bob, eve] = [await member("ada"), await member("bob"), await member("eve")];
  const id = await channel(ada, { name: "Plan" });
  const answer = await ask(ada, ADD, id, add([eve.userId, "usr_nobody", ada.userId, bob.userId, eve.userId]));
  expect(answer.status).toBe(200);
  expect(statuses(answer)).toEqual(["added", "not-found", "already-member", "added", "added"]);
  expect(answer.body.summary).toEqual({ added: 3, "not-found": 1, "already-member": 1 });
  expect(await ask(ada, "GET /channels/{chn}", id)).toMatchObject({ body: { memberCount: 3 } });
  expect(await told(id)).toEqual([{ kind: "added", actorId: ada.userId, userIds: [eve.userId, bob.userId] }]);
  expect(statuses(await ask(ada, ADD, id, add([bob.userId])))).toEqual(["already-member"]);
  expect(await told(id)).toHaveLength(1);
});

test("CH-5 CH-6 GST-12 who is not in the channel adds nobody; a chat admin does, in a public one", async () => {
  const { member, guest, channel, ask } = await world();
  const [ada, bob, zoe] = [
    await member("ada"),
    await member("bob"),
    await member("zoe", { chatRole: "admin" }),
  ];
  const [open, closed] = [
    await channel(ada, { name: "Open" }),
    await channel(ada, { name: "Closed", type: "private" }),
  ];
  const gil = await guest("gil", [open]);
  expect(await ask(bob, ADD, open, add([bob.userId]))).toMatchObject({
    status: 403,
    body: { code: "not-channel-member", rule: "CH-5" },
  });
  expect(await ask(zoe, ADD, closed, add([bob.userId]))).toMatchObject({ status: 404 });
  expect(await ask(gil, ADD, open, add([bob.userId]))).toMatchObject({
    status: 403,
    body: { code: "guest-restricted", rule: "GST-12" },
  });
  expect(statuses(await ask(zoe, ADD, open, add([bob.userId, zoe.userId])))).toEqual(["added", "added"]);
});

test("GINV-1 a guest is given further channels by a chat admin, and their count follows", async () => {
  const { member, guest, channel, ask, item, org } = await world();
  const [ada, zoe] = [await member("ada"), await member("zoe", { chatRole: "admin" })];
  const [first, second] = [await channel(ada, { name: "First" }), await channel(ada, { name: "Second" })];
  const gil = await guest("gil", [first]);
  expect(statuses(await ask(ada, ADD, second, add([gil.userId])))).toEqual(["not-allowed"]);
  expect(statuses(await ask(zoe, ADD, second, add([gil.userId])))).toEqual(["added"]);
  expect(await item(keys.member(org, gil.userId))).toMatchObject({ channelCount: 2 });
  expect(await ask(zoe, "GET /channels/{chn}", second)).toMatchObject({
    body: { memberCount: 1, guestCount: 1 },
  });
});

test("CH-7 nobody is added to an archived channel, nor to one that is archived at the same time", async () => {
  const { member, channel, ask, meanwhile } = await world();
  const [ada, bob] = [await member("ada"), await member("bob")];
  const id = await channel(ada, { name: "Plan" });
  meanwhile(async () => await ask(ada, "POST /channels/{chn}/archive", id));
  expect(await ask(ada, ADD, id, add([bob.userId]))).toMatchObject({
    status: 409,
    body: { code: "channel-archived" },
  });
  expect(await people(ask, ada, id)).toEqual([ada.userId]);
});

test("ORG-10 somebody removed at the same time is not in the channel afterwards", async () => {
  const { member, channel, ask, meanwhile, write, org } = await world();
  const [ada, bob, eve] = [await member("ada"), await member("bob"), await member("eve")];
  const id = await channel(ada, { name: "Plan" });
  meanwhile(async () => await write({ label: "bob", remove: keys.member(org, bob.userId) }));
  expect(statuses(await ask(ada, ADD, id, add([bob.userId, eve.userId])))).toEqual(["not-found", "added"]);
  expect(await people(ask, ada, id)).toEqual([ada.userId, eve.userId]);
});

test("CH-5 whoever is removed from a channel at the same time adds nobody to it any more", async () => {
  const { member, channel, puts, ask, meanwhile, org } = await world();
  const [ada, bob, eve] = [await member("ada"), await member("bob"), await member("eve")];
  const id = await channel(ada, { name: "Plan" });
  await puts(bob, id);
  meanwhile(
    async () =>
      await ask(ada, `DELETE ${MEMBERS}/{user}`, id, { params: { org, chn: id, user: bob.userId } }),
  );
  expect(await ask(bob, ADD, id, add([eve.userId]))).toMatchObject({ status: 403 });
  expect(await people(ask, ada, id)).toEqual([ada.userId]);
});

test("CH-8 more people than one transaction holds are added by one request", async () => {
  const { member, channel, ask } = await world();
  const ada = await member("ada");
  const many = await Promise.all(Array.from({ length: 100 }, async (_, n) => await member(`m${n}`)));
  const id = await channel(ada, { name: "Plan" });
  const answer = await ask(ada, ADD, id, add(many.map(({ userId }) => userId)));
  expect(answer.body.summary).toEqual({ added: 100 });
  expect(await ask(ada, "GET /channels/{chn}", id)).toMatchObject({ body: { memberCount: 101 } });
});

test("CH-8 CH-3 an id that is no text is a 400 that names it, wherever a body names people, groups or channels", async () => {
  const w = await world();
  const ada = await w.member("ada", { chatRole: "admin" });
  const id = await w.channel(ada, { name: "Plan" });
  const bad = ["usr_x", "\ud800"];
  for (const [act, body, path] of [
    ["POST /channels/{chn}/members", { userIds: bad }, "userIds.1"],
    ["POST /channels/{chn}/members", { groupIds: bad }, "groupIds.1"],
    ["POST /channels/direct", { userIds: bad }, "userIds.1"],
  ] as const)
    expect(await w.ask(ada, act, id, { body })).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});
