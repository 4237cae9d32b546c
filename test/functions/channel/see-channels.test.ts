import { expect, test } from "vitest";
import { newId } from "../../../functions/shell/ids.ts";
import { engineWorld, type World } from "./world.ts";

const world = engineWorld();

async function everyPage(
  { ask, ids }: World,
  as: Parameters<World["ask"]>[0],
  query: Record<string, string> = {},
) {
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const page = await ask(as, "GET /channels", undefined, {
      query: { ...query, ...(cursor === null ? {} : { cursor }) },
    });
    expect(page.status).toBe(200);
    pages.push(ids(page));
    cursor = page.body.nextCursor;
  } while (cursor !== null && pages.length < 50);
  return pages;
}

test("CH-1 every member is in General, without a row, and its figures are the organization's", async () => {
  const { member, ask, general } = await world({ seatsHeld: 7, seatsUsed: 7 });
  const ada = await member("ada");
  const { body } = await ask(ada, "GET /channels");
  expect(body).toMatchObject({
    items: [
      {
        id: general,
        handle: "general",
        general: true,
        memberCount: 7,
        me: { member: true, role: "member" },
      },
    ],
    nextCursor: null,
  });
});

test("CH-5 a public channel is seen by every member, a private one by those in it, else a 404 like any other", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob", { chatRole: "admin" })];
  const open = await w.channel(ada, { name: "Open" });
  const closed = await w.channel(ada, { name: "Closed", type: "private" });
  expect(w.ids(await w.ask(bob, "GET /channels"))).toEqual([w.general, open]);
  expect(w.ids(await w.ask(ada, "GET /channels"))).toEqual([w.general, open, closed]);
  expect(await w.ask(bob, "GET /channels/{chn}", open)).toMatchObject({
    status: 200,
    body: { memberCount: 1, me: { member: false, role: null } },
  });
  const hidden = await w.ask(bob, "GET /channels/{chn}", closed);
  expect(hidden).toMatchObject({ status: 404, body: { code: "not-found" } });
  expect(await w.ask(bob, "GET /channels/{chn}", newId("channel"))).toEqual(hidden);
});

test("GST-9 a guest sees their own channels alone, in lists and searches, and by no id", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const open = await w.channel(ada, { name: "Plan open" });
  const mine = await w.channel(ada, { name: "Plan mine", type: "private" });
  const gil = await w.guest("gil", [mine]);
  for (const query of [{}, { search: "plan" }, { mine: "false" }, { limit: "1" }]) {
    expect(w.ids(await w.ask(gil, "GET /channels", undefined, { query }))).toEqual([mine]);
  }
  expect(w.ids(await w.ask(gil, "GET /channels", undefined, { query: { type: "public" } }))).toEqual([]);
  const hidden = await w.ask(gil, "GET /channels/{chn}", open);
  expect(hidden).toMatchObject({ status: 404, body: { code: "not-found", rule: "GST-9" } });
  expect(await w.ask(gil, "GET /channels/{chn}", w.general)).toEqual(hidden);
  expect(await w.ask(gil, "GET /channels/{chn}", newId("channel"))).toEqual(hidden);
  expect(await w.ask(gil, "GET /channels/{chn}", mine)).toMatchObject({
    status: 200,
    body: { memberCount: 1, guestCount: 1, me: { member: true, role: "member" } },
  });
});

test("CH-1, GST-9 a guest who was given General has it among their channels", async () => {
  const w = await world();
  const gil = await w.guest("gil", [w.general]);
  expect(w.ids(await w.ask(gil, "GET /channels"))).toEqual([w.general]);
});

test("GINV-10 past the end there is nothing to see", async () => {
  const w = await world();
  const gil = await w.guest("gil", [w.general], Date.now() - 1);
  expect(await w.ask(gil, "GET /channels")).toMatchObject({ status: 404, body: { rule: "GINV-10" } });
});

test("CH-5 pages of any size hold each channel once, the public ones and one's own merged by age", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const created: string[] = [];
  for (const [index, type] of ["public", "private", "private", "public", "private", "public"].entries()) {
    created.push(await w.channel(index % 2 === 0 ? ada : bob, { name: `c${index}`, type }));
  }
  const hers = [w.general, ...created.filter((_, index) => ![1].includes(index))];
  for (const limit of ["1", "2", "3", "50"]) {
    expect((await everyPage(w, ada, { limit })).flat()).toEqual(hers);
  }
  expect((await everyPage(w, ada, { limit: "2", mine: "true" })).flat()).toEqual([
    w.general,
    ...[0, 2, 4].map((index) => created[index]),
  ]);
  expect((await everyPage(w, ada, { type: "private" })).flat()).toEqual([created[2], created[4]]);
});

test("CH-7 archived channels are listed as such, or alone, or not at all", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const old = await w.channel(ada, { name: "Old" });
  const current = await w.channel(ada, { name: "Current" });
  await w.ask(ada, "POST /channels/{chn}/archive", old);
  expect(w.ids(await w.ask(ada, "GET /channels"))).toEqual([w.general, old, current]);
  expect(w.ids(await w.ask(ada, "GET /channels", undefined, { query: { archived: "true" } }))).toEqual([old]);
  expect(w.ids(await w.ask(ada, "GET /channels", undefined, { query: { archived: "false" } }))).toEqual([
    w.general,
    current,
  ]);
});

test("CH-4, CH-5 a search by name or handle finds what the viewer may see, and its cursor tells of nothing else", async () => {
  const w = await world();
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const visible = [await w.channel(ada, { name: "Team blue" }), await w.channel(ada, { name: "Team red" })];
  await w.channel(bob, { name: "Team secret", type: "private" });
  const other = await w.channel(ada, { name: "Steam" });
  expect((await everyPage(w, ada, { search: "TEÀM" })).flat()).toEqual(visible);
  expect((await everyPage(w, ada, { search: "team b" })).flat()).toEqual([visible[0]]);
  expect((await everyPage(w, ada, { search: "steam" })).flat()).toEqual([other]);
  expect((await everyPage(w, ada, { search: "team", limit: "1" })).filter((page) => page.length > 0)).toEqual(
    visible.map((id) => [id]),
  );
  const page = await w.ask(ada, "GET /channels", undefined, { query: { search: "team", limit: "1" } });
  expect(Buffer.from(page.body.nextCursor, "base64url").toString()).toMatch(/team-blue$/u);
});

test("a cursor is refused with another filter", async () => {
  const w = await world();
  const ada = await w.member("ada");
  await w.channel(ada, { name: "One" });
  const { body } = await w.ask(ada, "GET /channels", undefined, { query: { limit: "1" } });
  expect(
    await w.ask(ada, "GET /channels", undefined, { query: { cursor: body.nextCursor, mine: "true" } }),
  ).toMatchObject({ status: 400, body: { code: "invalid-cursor" } });
});
