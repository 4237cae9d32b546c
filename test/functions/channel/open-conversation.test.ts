import { expect, test } from "vitest";
import { userIdOf } from "../../../functions/shell/ids.ts";
import { assistantId, keys } from "../../../functions/table/keys.ts";
import type { TestPerson } from "../shell/caller.ts";
import { engineWorld, type World } from "./world.ts";

const world = engineWorld();

async function opens({ ask }: World, as: TestPerson, ...people: TestPerson[]) {
  return await ask(as, "POST /channels/direct", undefined, {
    body: { userIds: people.map(({ userId }) => userId) },
  });
}

test("CH-3 two people have one direct conversation, whoever opens it and however they are named", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const opened = await opens(w, ada, bob);
  expect(opened).toMatchObject({
    status: 201,
    body: {
      type: "direct",
      name: "",
      handle: "",
      userIds: [ada.userId, bob.userId],
      memberCount: 2,
      me: { member: true, role: "member" },
    },
  });
  const { id } = opened.body;
  for (const answer of [await opens(w, bob, ada), await opens(w, ada, bob, ada, bob)]) {
    expect(answer).toMatchObject({ status: 200, body: { id } });
  }
  expect(w.ids(await w.ask(bob, "GET /channels", undefined, { query: { type: "direct" } }))).toEqual([id]);
});

test("CH-3 three to eight are a group, of its own for each set of people; one or nine are refused", async () => {
  const w = await world();
  const people: TestPerson[] = [];
  for (let index = 0; index < 9; index += 1) people.push(await w.member(`p${index}`));
  const [ada, bob, cleo, ...others] = people;
  if (ada === undefined || bob === undefined || cleo === undefined) throw new Error("nobody");
  const three = await opens(w, ada, bob, cleo);
  const eight = await opens(w, ada, bob, cleo, ...others.slice(0, 5));
  expect(three).toMatchObject({ status: 201, body: { type: "group", memberCount: 3 } });
  expect(eight).toMatchObject({ status: 201, body: { type: "group", memberCount: 8 } });
  expect(eight.body.id).not.toBe(three.body.id);
  expect(await opens(w, cleo, ada, bob)).toMatchObject({ status: 200, body: { id: three.body.id } });
  expect(await opens(w, ada, ada)).toMatchObject({ status: 400, body: { code: "too-few-people" } });
  expect(await opens(w, ada, ...people)).toMatchObject({ status: 400, body: { code: "too-many-people" } });
});

test("CH-3 opened twenty times at once, by both, it is one", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const answers = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => await (n % 2 === 0 ? opens(w, ada, bob) : opens(w, bob, ada))),
  );
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
});

test("CH-3 a conversation is seen by those in it alone, and is neither joined, left, renamed, archived nor deleted", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const admin = await w.member("zoe", { chatRole: "admin", orgRole: "legal_representative" });
  const { id } = (await opens(w, ada, bob)).body;
  const acts: [string, unknown?][] = [
    ["POST /channels/{chn}/join"],
    ["POST /channels/{chn}/leave"],
    ["POST /channels/{chn}/archive"],
    ["PATCH /channels/{chn}", { name: "Ours" }],
    ["DELETE /channels/{chn}"],
  ];
  for (const [act, body] of acts) {
    const given = body === undefined ? {} : { body };
    expect(await w.ask(ada, act, id, given)).toMatchObject({
      status: 409,
      body: { code: "not-in-conversations", rule: "CH-3" },
    });
    expect(await w.ask(admin, act, id, given)).toMatchObject({ status: 404 });
  }
  expect(w.ids(await w.ask(admin, "GET /channels"))).toEqual([w.general]);
});

test("INV-15 somebody who is not there, or deactivated, is a 404", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const gone = await w.member("gone", { state: "deactivated" });
  const stranger = await (await world()).member("eve");
  for (const who of [gone, stranger]) {
    expect(await opens(w, ada, who)).toMatchObject({ status: 404, body: { code: "not-found" } });
  }
  expect(await opens(w, stranger, ada)).toMatchObject({ status: 404, body: { code: "not-found" } });
});

test("GST-8 a guest opens conversations with people of their channels", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const id = await w.channel(ada, { name: "Plan", type: "private" });
  const [gil, hal] = [await w.guest("gil", [id]), await w.guest("hal", [id])];
  expect(await opens(w, gil, ada)).toMatchObject({
    status: 201,
    body: { type: "direct", memberCount: 1, guestCount: 1 },
  });
  expect(await opens(w, gil, ada, hal)).toMatchObject({
    status: 201,
    body: { type: "group", guestCount: 2 },
  });
  expect(await opens(w, ada, gil)).toMatchObject({ status: 200 });
  expect(await w.item(keys.member(w.org, gil.userId))).toMatchObject({ channelCount: 1 });
});

test("GST-8, CH-1 who was given General shares it with every member", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const gil = await w.guest("gil", [w.general]);
  expect(await opens(w, gil, ada)).toMatchObject({ status: 201 });
});

test("GST-11, GST-16 somebody a guest shares no channel with is to them as if not there", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const id = await w.channel(ada, { name: "Plan" });
  const gil = await w.guest("gil", [id]);
  const hidden = await opens(w, gil, bob);
  expect(hidden).toMatchObject({ status: 404, body: { code: "not-found", rule: "GST-16" } });
  const nobody = userIdOf("https://issuer.example.com", "nobody@example.com");
  expect(await w.ask(gil, "POST /channels/direct", undefined, { body: { userIds: [nobody] } })).toEqual(
    hidden,
  );
  expect(await opens(w, gil, ada, bob)).toMatchObject({ status: 404 });
});

test("GST-11 no conversation has a guest with somebody they share no channel with, whoever opens it", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const [one, two] = [await w.channel(ada, { name: "One" }), await w.channel(ada, { name: "Two" })];
  const [gil, hal] = [await w.guest("gil", [one]), await w.guest("hal", [two])];
  const refused = { status: 403, body: { code: "shares-no-channel", rule: "GST-11" } };
  expect(await opens(w, bob, gil)).toMatchObject(refused);
  expect(await opens(w, ada, bob, gil)).toMatchObject(refused);
  expect(await opens(w, ada, gil, hal)).toMatchObject(refused);
  expect(await opens(w, ada, gil)).toMatchObject({ status: 201 });
});

test("GST-11 a conversation is no channel that people share", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const [one, two] = [await w.channel(ada, { name: "One" }), await w.channel(ada, { name: "Two" })];
  await w.puts(bob, two);
  const gil = await w.guest("gil", [one, two]);
  expect(await opens(w, gil, ada, bob)).toMatchObject({ status: 201 });
  expect(await w.ask(gil, "POST /channels/{chn}/leave", two)).toMatchObject({ status: 204 });
  expect(await opens(w, gil, bob)).toMatchObject({ status: 404, body: { rule: "GST-16" } });
});

test("CH-3 who has come back to the organization is in their conversation again when it is opened", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const { id } = (await opens(w, ada, bob)).body;
  await w.write(
    { label: "row", remove: keys.personChannel(w.org, bob.userId, id) },
    { label: "line", remove: keys.rosterEntry(w.org, id, 2, bob.userId) },
    {
      label: "count",
      update: keys.channel(w.org, id),
      expression: "ADD members :one",
      values: { ":one": -1 },
    },
  );
  expect(await w.ask(bob, "GET /channels/{chn}", id)).toMatchObject({ status: 404 });
  expect(await opens(w, ada, bob)).toMatchObject({ status: 200, body: { id, memberCount: 2 } });
  expect(await w.ask(bob, "GET /channels/{chn}", id)).toMatchObject({ status: 200 });
});

const withAssistant = async (w: World, as: TestPerson, ...others: TestPerson[]) =>
  await w.ask(as, "POST /channels/direct", undefined, {
    body: { userIds: [assistantId(w.org), ...others.map(({ userId }) => userId)] },
  });

test("BOT-1 a member has one direct conversation with the assistant, however often and concurrently it is opened", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const answers = await Promise.all(Array.from({ length: 8 }, async () => await withAssistant(w, ada)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
  const opened = answers.find(({ status }) => status === 201);
  expect(opened?.body).toMatchObject({
    type: "direct",
    userIds: [ada.userId, assistantId(w.org)],
    me: { member: true, role: "member" },
  });
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  expect(w.ids(await w.ask(ada, "GET /channels", undefined, { query: { type: "direct" } }))).toEqual([
    opened?.body.id,
  ]);
});

test("BOT-2 a conversation with the assistant is of two alone", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const refused = { status: 409, body: { code: "bot-one-to-one", rule: "BOT-2" } };
  expect(await withAssistant(w, ada, bob)).toMatchObject(refused);
  const { id } = (await withAssistant(w, ada)).body;
  expect(await w.ask(bob, "GET /channels/{chn}", id)).toMatchObject({ status: 404 });
  expect((await withAssistant(w, bob)).body.id).not.toBe(id);
  const side = await w.channel(ada, { name: "Side" });
  const added = await w.ask(ada, "POST /channels/{chn}/members", side, {
    body: { userIds: [assistantId(w.org)] },
  });
  expect(added.body.results).toMatchObject([{ status: "not-found" }]);
});

test("BOT-1, INV-15 another organization's assistant is nobody, and an outsider has none", async () => {
  const [w, elsewhere] = [await world(), await world()];
  const [ada, eve] = [await w.member("ada"), await elsewhere.member("eve")];
  const body = { userIds: [assistantId(elsewhere.org)] };
  expect(await w.ask(ada, "POST /channels/direct", undefined, { body })).toMatchObject({ status: 404 });
  expect(await withAssistant(w, eve)).toMatchObject({ status: 404 });
});

test("BOT-4, GINV-9 a guest has the assistant too, which counts for no channel that they were given", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const id = await w.channel(ada, { name: "Plan", type: "private" });
  const gil = await w.guest("gil", [id]);
  expect(await withAssistant(w, gil)).toMatchObject({ status: 201, body: { guestCount: 1 } });
  expect(await w.item(keys.member(w.org, gil.userId))).toMatchObject({ channelCount: 1 });
  expect(await w.ask(gil, "POST /channels/{chn}/leave", id)).toMatchObject({ status: 204 });
  expect(await w.item(keys.member(w.org, gil.userId))).toBeUndefined();
});

test("BOT-1 who has come back to the organization is in their conversation with the assistant again", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const { id } = (await withAssistant(w, ada)).body;
  await w.write(
    { label: "row", remove: keys.personChannel(w.org, ada.userId, id) },
    { label: "line", remove: keys.rosterEntry(w.org, id, 2, ada.userId) },
    {
      label: "count",
      update: keys.channel(w.org, id),
      expression: "ADD members :one",
      values: { ":one": -1 },
    },
  );
  expect(await withAssistant(w, ada)).toMatchObject({ status: 200, body: { id, memberCount: 1 } });
  expect(await w.item(keys.personChannel(w.org, ada.userId, id))).toMatchObject({ isWithBot: true });
});
