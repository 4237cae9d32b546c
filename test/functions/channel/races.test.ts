import { expect, test } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import type { TestPerson } from "../shell/caller.ts";
import { engineWorld, type World } from "./world.ts";

const world = engineWorld();
const CHAT_ADMIN = { chatRole: "admin" } as const;

/** Takes somebody's chat role at this moment. */
const demoted = async ({ write, org }: World, { userId }: TestPerson) =>
  await write({
    label: "record",
    update: keys.member(org, userId),
    expression: "SET chatRole = :user, version = version + :one",
    values: { ":user": "user", ":one": 1 },
  });

const ACTS: [string, string, unknown][] = [
  ["CH-6", "PATCH /channels/{chn}", { name: "Other" }],
  ["CH-2", "PATCH /channels/{chn}", { default: true }],
  ["CH-7", "POST /channels/{chn}/archive", undefined],
  ["CH-7", "DELETE /channels/{chn}", undefined],
];

test.each(ACTS)("%s a right that is taken while it is used is none: %s %o", async (_, act, body) => {
  const w = await world();
  const [ada, zoe] = [await w.member("ada"), await w.member("zoe", CHAT_ADMIN)];
  const id = await w.channel(ada, { name: "Plan" });
  const before = [await w.item(keys.channel(w.org, id)), await w.counters()];
  w.meanwhile(async () => await demoted(w, zoe));
  expect(await w.ask(zoe, act, id, body === undefined ? {} : { body })).toMatchObject({ status: 403 });
  expect([await w.item(keys.channel(w.org, id)), await w.counters()]).toEqual(before);
});

test("CH-6 a channel admin who is dismissed while they rename does not", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const id = await w.channel(ada, { name: "Plan" });
  w.meanwhile(async () => {
    await w.write({
      label: "row",
      update: keys.personChannel(w.org, ada.userId, id),
      expression: "SET #role = :member",
      names: { "#role": "role" },
      values: { ":member": "member" },
    });
  });
  expect(await w.ask(ada, "PATCH /channels/{chn}", id, { body: { name: "Other" } })).toMatchObject({
    status: 403,
    body: { code: "not-channel-admin" },
  });
});

test("CH-5 nobody joins a channel that is made private at the same time", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const id = await w.channel(ada, { name: "Plan" });
  w.meanwhile(async () => await w.ask(ada, "PATCH /channels/{chn}", id, { body: { type: "private" } }));
  expect(await w.ask(bob, "POST /channels/{chn}/join", id)).toMatchObject({ status: 404 });
  expect(await w.item(keys.personChannel(w.org, bob.userId, id))).toBeUndefined();
});

test("CH-7 nobody joins a channel that is archived at the same time", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const id = await w.channel(ada, { name: "Plan" });
  w.meanwhile(async () => await w.ask(ada, "POST /channels/{chn}/archive", id));
  expect(await w.ask(bob, "POST /channels/{chn}/join", id)).toMatchObject({
    status: 409,
    body: { code: "channel-archived" },
  });
});

test("SEAT-8 the last place is taken once, at the moment of the write", async () => {
  const w = await world();
  const ada = await w.member("ada");
  await w.write({
    label: "limit",
    update: keys.organization(w.org),
    expression: "SET limits.publicChannels = :limit",
    values: { ":limit": 2 },
  });
  w.meanwhile(async () => await w.channel(ada, { name: "First" }));
  expect(
    await w.ask(ada, "POST /channels", undefined, { body: { name: "Second", type: "public" } }),
  ).toMatchObject({ status: 409, body: { code: "quota-exceeded", used: 2 } });
  expect(await w.counters()).toMatchObject({ publicChannels: 2 });
});

test("CH-4 of two who take a handle at the same time the second is refused, or numbered", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const body = { name: "Plan", type: "public" };
  w.meanwhile(async () => await w.channel(ada, { name: "Plan", handle: "plan" }));
  expect(await w.ask(ada, "POST /channels", undefined, { body: { ...body, handle: "plan" } })).toMatchObject({
    status: 409,
    body: { code: "handle-taken" },
  });
  w.meanwhile(async () => await w.channel(ada, { name: "Crew" }));
  expect(await w.channel(ada, { name: "Crew" })).toBeDefined();
  expect(await w.item(keys.handle(w.org, "crew-2"))).toBeDefined();
});

test("CH-4 a change meets another one: it is made on what is there then", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const id = await w.channel(ada, { name: "Plan" });
  w.meanwhile(async () => await w.ask(ada, "PATCH /channels/{chn}", id, { body: { header: "News" } }));
  expect(await w.ask(ada, "PATCH /channels/{chn}", id, { body: { name: "Other" } })).toMatchObject({
    status: 200,
    headers: { etag: '"3"' },
    body: { name: "Other", header: "News" },
  });
});

test("GST-11 a guest who loses the shared channel while they open a conversation does not open it", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const [one, two] = [await w.channel(ada, { name: "One" }), await w.channel(ada, { name: "Two" })];
  const gil = await w.guest("gil", [one, two]);
  await w.ask(ada, "POST /channels/{chn}/leave", two);
  w.meanwhile(async () => await w.ask(gil, "POST /channels/{chn}/leave", one));
  expect(
    await w.ask(gil, "POST /channels/direct", undefined, { body: { userIds: [ada.userId] } }),
  ).toMatchObject({ status: 404, body: { rule: "GST-16" } });
});

test("CH-11 who is taken out of a channel while they mute it has no row of it", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const id = await w.channel(ada, { name: "Plan", type: "private" });
  await w.puts(bob, id);
  w.meanwhile(async () => await w.ask(bob, "POST /channels/{chn}/leave", id));
  expect(await w.ask(bob, "PUT /channels/{chn}/me", id, { body: { muted: true } })).toMatchObject({
    status: 404,
  });
  expect(await w.item(keys.personChannel(w.org, bob.userId, id))).toBeUndefined();
});

test("CH-4 CH-8 the same new handle, or name, asked for twice at the same time is had, and not taken", async () => {
  const w = await world();
  const ada = await w.member("ada", CHAT_ADMIN);
  const id = await w.channel(ada, { name: "Plan" });
  const rehandle = async () => await w.ask(ada, "PATCH /channels/{chn}", id, { body: { handle: "crew" } });
  w.meanwhile(async () => expect(await rehandle()).toMatchObject({ status: 200 }));
  expect(await rehandle()).toMatchObject({ status: 200, body: { handle: "crew" } });
  const named = { params: { org: w.org }, body: { name: "Team" } };
  const { body: group } = await w.ask(ada, "POST /groups", undefined, named);
  const renaming = { params: { org: w.org, grp: group.id }, body: { name: "Crew" } };
  const rename = async () => await w.ask(ada, "PATCH /groups/{grp}", undefined, renaming);
  w.meanwhile(async () => expect(await rename()).toMatchObject({ status: 200 }));
  expect(await rename()).toMatchObject({ status: 200, body: { name: "Crew" } });
});
