import { expect, test } from "vitest";
import { beginGeneral } from "../../../functions/table/begin-general.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { TestPerson } from "../shell/caller.ts";
import { engineWorld, type World } from "./world.ts";

const world = engineWorld();
const ADD = "POST /channels/{chn}/members";

/** As if so many messages had been posted. */
async function posted({ write, org }: World, channelId: string, seq: number): Promise<void> {
  await write({
    label: "head",
    update: keys.channelHead(org, channelId),
    expression: "SET seq = :seq",
    values: { ":seq": seq },
  });
}

async function unreadOf(w: World, person: TestPerson, channelId: string) {
  const { body } = await w.ask(person, "GET /unread");
  return body.items.find((item: { channelId: string }) => item.channelId === channelId);
}

test("MSG-11 whoever joins, is added, or comes with a group has nothing unread but that they have come", async () => {
  const w = await world();
  const max = await w.member("max", { chatRole: "admin" });
  const [ann, bob, cyn] = [await w.member("ann"), await w.member("bob"), await w.member("cyn")];
  const id = await w.channel(max, { name: "Plan" });
  await posted(w, id, 40);
  await w.ask(ann, "POST /channels/{chn}/join", id);
  expect(await unreadOf(w, ann, id)).toMatchObject({ lastReadSeq: 40, unread: 1 });
  await w.ask(max, ADD, id, { body: { userIds: [bob.userId] } });
  expect(await unreadOf(w, bob, id)).toMatchObject({ lastReadSeq: 41, unread: 1 });

  const group = await w.ask(max, "POST /groups", undefined, { body: { name: "Team", open: true } });
  const member = { params: { org: w.org, grp: group.body.id, user: cyn.userId } };
  await w.ask(max, "PUT /groups/{grp}/members/{user}", undefined, member);
  await w.ask(max, ADD, id, { body: { groupIds: [group.body.id] } });
  // That the group was attached is told before its people come.
  expect(await unreadOf(w, cyn, id)).toMatchObject({ lastReadSeq: 43, unread: 0 });
});

test("MSG-11 whoever joins a group has nothing unread of its channels, nor whoever comes back of what was said meanwhile", async () => {
  const w = await world();
  const [max, ann] = [await w.member("max", { chatRole: "admin" }), await w.member("ann")];
  const id = await w.channel(max, { name: "Plan" });
  const group = await w.ask(max, "POST /groups", undefined, { body: { name: "Team" } });
  await w.ask(max, ADD, id, { body: { groupIds: [group.body.id] } });
  const member = { params: { org: w.org, grp: group.body.id, user: ann.userId } };
  for (const seq of [30, 70]) {
    await posted(w, id, seq);
    await w.ask(max, "PUT /groups/{grp}/members/{user}", undefined, member);
    expect(await unreadOf(w, ann, id)).toMatchObject({ lastReadSeq: seq });
    await w.ask(max, "DELETE /groups/{grp}/members/{user}", undefined, member);
  }
});

test("MSG-11 a conversation that is opened anew is unread from its beginning, and one gone back to from there on", async () => {
  const w = await world();
  const [ann, bob] = [await w.member("ann"), await w.member("bob")];
  const open = async () =>
    (await w.ask(ann, "POST /channels/direct", undefined, { body: { userIds: [bob.userId] } })).body.id;
  const id = await open();
  await posted(w, id, 3);
  expect(await unreadOf(w, bob, id)).toMatchObject({ lastReadSeq: 0, unread: 3 });
  // Bob had left the organization, and has come back.
  await w.write({ label: "gone", remove: keys.personChannel(w.org, bob.userId, id) });
  expect(await open()).toBe(id);
  expect(await unreadOf(w, bob, id)).toMatchObject({ lastReadSeq: 3, unread: 0 });
  expect(await unreadOf(w, ann, id)).toMatchObject({ lastReadSeq: 0, unread: 3 });
});

test("MSG-11, CH-1 a new member's mark in General starts where it stands, and what is there already stays", async () => {
  const w = await world();
  const [ann, bob] = [await w.member("ann"), await w.member("bob")];
  await posted(w, w.general, 12);
  await beginGeneral(w.table, w.org, ann.userId, 12);
  expect(await unreadOf(w, ann, w.general)).toMatchObject({ lastReadSeq: 12, unread: 0 });
  await w.ask(bob, "PUT /channels/{chn}/me", w.general, { body: { lastReadSeq: 5 } });
  await beginGeneral(w.table, w.org, bob.userId, 12);
  expect(await unreadOf(w, bob, w.general)).toMatchObject({ lastReadSeq: 5, unread: 7 });
});
