import { expect, test } from "vitest";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld, type World } from "./world.ts";

const world = engineWorld();
const ME = "PUT /channels/{chn}/me";

/** As if so many messages had been posted. */
async function posted({ write, org }: World, channelId: string, seq: number): Promise<void> {
  await write({
    label: "head",
    update: keys.channelHead(org, channelId),
    expression: "SET seq = :seq",
    values: { ":seq": seq },
  });
}

test("CH-11 favourite, mute and mark are each person's own, and what is left out stays", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const id = await w.channel(ada, { name: "Plan" });
  await w.puts(bob, id);
  await posted(w, id, 9);
  const mine = {
    member: true,
    role: "admin",
    favourite: true,
    muted: false,
    level: "mentions",
    lastReadSeq: 0,
  };
  expect(await w.ask(ada, ME, id, { body: { favourite: true } })).toMatchObject({ status: 200, body: mine });
  const muted = { ...mine, muted: true, lastReadSeq: 7 };
  expect(await w.ask(ada, ME, id, { body: { muted: true, lastReadSeq: 7 } })).toMatchObject({
    status: 200,
    body: muted,
  });
  expect(await w.ask(ada, ME, id, { body: { lastReadSeq: 3 } })).toMatchObject({ body: muted });
  expect(await w.ask(ada, "GET /channels/{chn}", id)).toMatchObject({ body: { me: muted } });
  expect(await w.ask(bob, "GET /channels/{chn}", id)).toMatchObject({
    body: { me: { role: "member", favourite: false, muted: false, lastReadSeq: 0 } },
  });
});

test("CH-1, CH-11 a member favourites General without being in it by a row, and becomes nothing by it", async () => {
  const w = await world();
  const ada = await w.member("ada");
  expect(await w.ask(ada, ME, w.general, { body: { favourite: true, muted: true } })).toMatchObject({
    status: 200,
    body: { member: true, role: "member", favourite: true, muted: true },
  });
  expect(await w.item(keys.personChannel(w.org, ada.userId, w.general))).not.toHaveProperty("role");
  expect(w.ids(await w.ask(ada, "GET /channels"))).toEqual([w.general]);
});

test("GST-3, GST-4 a guest favourites and mutes their channels; of others they know nothing", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const [mine, other] = [await w.channel(ada, { name: "Mine" }), await w.channel(ada, { name: "Other" })];
  const gil = await w.guest("gil", [mine]);
  const body = { favourite: true, muted: true };
  expect(await w.ask(gil, ME, mine, { body })).toMatchObject({ status: 200, body });
  for (const id of [other, w.general]) {
    expect(await w.ask(gil, ME, id, { body })).toMatchObject({ status: 404, body: { rule: "GST-9" } });
    expect(await w.item(keys.personChannel(w.org, gil.userId, id))).toBeUndefined();
  }
});

test("CH-11 who is not in a public channel sets nothing in it", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const id = await w.channel(ada, { name: "Plan" });
  for (const body of [{ favourite: true }, { muted: true }, { lastReadSeq: 0 }]) {
    expect(await w.ask(bob, ME, id, { body })).toMatchObject({
      status: 403,
      body: { code: "not-channel-member" },
    });
  }
  expect(await w.item(keys.personChannel(w.org, bob.userId, id))).toBeUndefined();
});

test("CH-11 a mark ahead of the channel refuses all of the request; so does a request for nothing", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const id = await w.channel(ada, { name: "Plan" });
  expect(await w.ask(ada, ME, id, { body: { favourite: true, lastReadSeq: 1 } })).toMatchObject({
    status: 400,
    body: { errors: [{ path: "lastReadSeq" }] },
  });
  expect(await w.ask(ada, "GET /channels/{chn}", id)).toMatchObject({ body: { me: { favourite: false } } });
  expect(await w.ask(ada, ME, id, { body: {} })).toMatchObject({ status: 400 });
});

test("MSG-11 unread tells of every channel one is in, archived ones apart, and of no other", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const plan = await w.channel(ada, { name: "Plan", type: "private" });
  const old = await w.channel(ada, { name: "Old" });
  await w.channel(bob, { name: "Theirs" });
  await w.ask(ada, "POST /channels/{chn}/archive", old);
  await posted(w, plan, 9);
  await posted(w, w.general, 4);
  await w.ask(ada, ME, plan, { body: { lastReadSeq: 7, muted: true } });
  const { body } = await w.ask(ada, "GET /unread");
  const none = { mentions: 0, muted: false, level: "mentions", favourite: false };
  expect(body).toEqual({
    items: [
      { channelId: w.general, lastSeq: 4, lastReadSeq: 0, unread: 4, ...none },
      { channelId: plan, lastSeq: 9, lastReadSeq: 7, unread: 2, ...none, muted: true },
    ],
    nextCursor: null,
  });
});

test("MSG-11, GST-9 a guest's unread is that of their channels; pages hold each once", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const all: string[] = [];
  for (let index = 0; index < 5; index += 1) all.push(await w.channel(ada, { name: `c${index}` }));
  const gil = await w.guest("gil", all.slice(0, 3));
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const query = { limit: "2", ...(cursor === null ? {} : { cursor }) };
    const { body } = await w.ask(gil, "GET /unread", undefined, { query });
    found.push(...body.items.map(({ channelId }: { channelId: string }) => channelId));
    cursor = body.nextCursor;
  } while (cursor !== null);
  expect(found).toEqual(all.slice(0, 3));
});
