import { expect, test } from "vitest";
import { generalChannelId, keys } from "../../../functions/table/keys.ts";
import { getMessage } from "../../../functions/table/messages.ts";
import { reactWrites } from "../../../functions/table/reactors.ts";
import { transact } from "../../../functions/table/transaction.ts";
import type { TestPerson } from "../shell/caller.ts";
import { expectRefusal, messageWorld } from "./message-world.ts";

const world = messageWorld();

async function setup() {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const seq = await w.says(ada, w.general, "good news");
  const react = (as: TestPerson, emoji: string) =>
    w.act(as, "PUT /reactions/{emoji}", w.general, seq, { params: { emoji } });
  const unreact = (as: TestPerson, emoji: string) =>
    w.act(as, "DELETE /reactions/{emoji}", w.general, seq, { params: { emoji } });
  const shown = async () => (await w.act(ada, "GET", w.general, seq)).body.reactions;
  return { ...w, ada, bob, seq, react, unreact, shown };
}

test("MSG-9 reactions are shown in the order of their first use, with who and how many", async () => {
  const { react, shown, ada, bob } = await setup();
  expect(await react(ada, "🎉")).toMatchObject({
    status: 200,
    body: { reactions: [{ emoji: "🎉", userIds: [ada.userId], count: 1 }] },
  });
  await react(bob, ":wave:");
  await react(bob, "🎉");
  const reactions = await shown();
  expect(reactions.map(({ emoji, count }: { emoji: string; count: number }) => [emoji, count])).toEqual([
    ["🎉", 2],
    [":wave:", 1],
  ]);
  expect(reactions[0].userIds.toSorted()).toEqual([ada.userId, bob.userId].toSorted());
});

test("MSG-9 once per emoji, however often and concurrently one asks; percent-encoded is the same", async () => {
  const { react, shown, ada, partition, org, general } = await setup();
  const answers = await Promise.all(
    ["👍", "👍", encodeURIComponent("👍"), "👍"].map(async (emoji) => await react(ada, emoji)),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await shown()).toEqual([{ emoji: "👍", userIds: [ada.userId], count: 1 }]);
  expect(await partition(keys.reactors(org, general))).toHaveLength(1);
});

test("MSG-9 many react at the same time, and everybody is counted and listed", async () => {
  const { member, react, shown, act, ada, general, seq } = await setup();
  const people = await Promise.all(Array.from({ length: 30 }, async (_, index) => await member(`p${index}`)));
  const answers = await Promise.all(people.map(async (person) => await react(person, "👍")));
  expect(answers.map(({ status }) => status)).toEqual(people.map(() => 200));
  const [{ count, userIds }] = await shown();
  expect(count).toBe(30);
  expect(userIds.toSorted()).toEqual(people.map(({ userId }) => userId).toSorted());
  const query = { emoji: "👍", limit: "20" };
  const first = await act(ada, "GET /reactions", general, seq, { query });
  const rest = await act(ada, "GET /reactions", general, seq, {
    query: { ...query, cursor: first.body.nextCursor },
  });
  expect([...first.body.items, ...rest.body.items]).toHaveLength(30);
  expect(rest.body.nextCursor).toBeNull();
});

test("MSG-9 a reaction is taken back; the last one takes the emoji along, and one that is not there is none", async () => {
  const { react, unreact, shown, ada, bob, partition, org, general } = await setup();
  await react(ada, "👍");
  await react(bob, "👍");
  expect((await unreact(ada, "👍")).status).toBe(204);
  expect(await shown()).toEqual([{ emoji: "👍", userIds: [bob.userId], count: 1 }]);
  expect((await unreact(ada, "👍")).status).toBe(204);
  expect((await unreact(bob, "👍")).status).toBe(204);
  expect((await unreact(bob, "🎉")).status).toBe(204);
  expect(await shown()).toEqual([]);
  expect(await partition(keys.reactors(org, general))).toEqual([]);
  await react(bob, "👍");
  expect(await shown()).toEqual([{ emoji: "👍", userIds: [bob.userId], count: 1 }]);
});

test("MSG-9 a message names the first 50 of an emoji and counts all; who is beyond comes and goes as well", async () => {
  const { table, react, unreact, shown, act, ada, bob, org, general, seq } = await setup();
  const channel = { organizationId: org, channelId: general };
  for (let index = 0; index < 50; index += 1) {
    const message = await getMessage(table, channel, seq);
    if (message === undefined) throw new Error("no message");
    const userId = `usr_${String(index).padStart(26, "0")}`;
    await transact(table, reactWrites(channel, message, { emoji: "👍", userId, now: Date.now() }).writes);
  }
  await react(ada, "👍");
  await Promise.all([react(bob, "👍"), react(bob, "👍")]);
  const [full] = await shown();
  expect(full.count).toBe(52);
  expect(full.userIds).toHaveLength(50);
  expect(full.userIds).not.toContain(bob.userId);
  const query = { emoji: "👍", limit: "200" };
  const { items } = (await act(ada, "GET /reactions", general, seq, { query })).body;
  expect(items.map(({ userId }: { userId: string }) => userId)).toContain(bob.userId);
  await unreact(bob, "👍");
  expect((await shown())[0]).toMatchObject({ count: 51 });
});

test("MSG-9 a message that names 500 names nobody more, of whatever emoji, and goes into a frame", async () => {
  const { react, unreact, shown, write, ada, bob, org, general, seq } = await setup();
  const many = (emoji: number) =>
    Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`usr_${String(emoji * 50 + index).padStart(26, "0")}`, true]),
    );
  const reactions = Object.fromEntries(
    Array.from({ length: 10 }, (_, emoji) => [
      `:e${emoji}:`,
      { count: 50, users: many(emoji), since: `2026-01-01T00:00:00.00${emoji}Z` },
    ]),
  );
  await write({
    label: "message",
    update: keys.message(org, general, seq),
    expression: "SET reactions = :all",
    values: { ":all": reactions },
  });
  await Promise.all([react(ada, "👍"), react(bob, "👍")]);
  const last = async () => (await shown()).find(({ emoji }: { emoji: string }) => emoji === "👍");
  expect(await last()).toEqual({ emoji: "👍", userIds: [], count: 2 });
  expect(JSON.stringify(await shown()).length).toBeLessThan(20_000);
  await unreact(ada, "👍");
  await unreact(bob, "👍");
  expect(await last()).toBeUndefined();
});

test("MSG-9 a message carries 50 different emojis", async () => {
  const { react, shown, ada, bob } = await setup();
  for (let index = 0; index < 50; index += 1) await react(ada, `:e${index}:`);
  expectRefusal(await react(ada, "👍"), 409, "too-many-reactions", "MSG-9");
  expect((await react(bob, ":e0:")).status).toBe(200);
  expect(await shown()).toHaveLength(50);
});

test("MSG-9 what is no emoji is refused", async () => {
  const { react, unreact, act, ada, general, seq, shown } = await setup();
  for (const text of ["yes", "👍👍", ":Wave:", "%E0%A4%A", "x".repeat(500)]) {
    expectRefusal(await react(ada, text), 400, "emoji-invalid", "MSG-9");
    expectRefusal(await unreact(ada, text), 400, "emoji-invalid", "MSG-9");
  }
  expectRefusal(
    await act(ada, "GET /reactions", general, seq, { query: { emoji: "no" } }),
    400,
    "emoji-invalid",
  );
  expect(await shown()).toEqual([]);
});

test("MSG-9, GST-9, CH-7 guests react in the channels they were given; nobody does in an archived one", async () => {
  const { act, ask, ada, says, channel, guest, org } = await setup();
  const id = await channel(ada, { name: "Plan" });
  const seq = await says(ada, id, "hello");
  const gil = await guest("gil", [id]);
  const params = { emoji: "👍" };
  expect((await act(gil, "PUT /reactions/{emoji}", id, seq, { params })).status).toBe(200);
  const outside = generalChannelId(org);
  expectRefusal(await act(gil, "PUT /reactions/{emoji}", outside, 1, { params }), 404, "not-found", "GST-9");
  await ask(ada, "POST /channels/{chn}/archive", id);
  expectRefusal(
    await act(gil, "DELETE /reactions/{emoji}", id, seq, { params }),
    409,
    "channel-archived",
    "CH-7",
  );
  expect((await act(gil, "GET /reactions", id, seq)).body.items).toHaveLength(1);
});
