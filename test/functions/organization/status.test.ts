import { expect, test } from "vitest";
import { organizationUseCases } from "../../../functions/organization/use-cases.ts";
import { keys } from "../../../functions/table/keys.ts";
import { mirrorStatus } from "../../../functions/table/status-writes.ts";
import { engineWorld, type World } from "../channel/world.ts";
import { caller, type TestPerson } from "../shell/caller.ts";

const world = engineWorld();
const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** The organization function's routes of status for people of a world. */
function statuses(w: World) {
  const call = caller(organizationUseCases(w.table));
  const params = { org: w.org };
  return {
    set: async (as: TestPerson, body: unknown) =>
      await call("PUT /v1/organizations/{org}/me/status", { as, params, body }),
    list: async (as: TestPerson, ...people: (TestPerson | string)[]) => {
      const userIds = people.map((one) => (typeof one === "string" ? one : one.userId)).join(",");
      const query = { userIds };
      return await call("GET /v1/organizations/{org}/statuses", { as, params, query });
    },
  };
}

/** As if the person had opened a connection. */
async function connects({ write, org }: World, { userId }: TestPerson): Promise<void> {
  await write({
    label: "live",
    update: keys.livePerson(org, userId),
    expression: "SET expiresAt = :later, isGuest = :no ADD connections :one",
    values: { ":later": Math.floor(Date.now() / 1000) + 7_500, ":no": false, ":one": new Set(["c1"]) },
  });
}

const liveOf = async ({ item, org }: World, { userId }: TestPerson) =>
  await item(keys.livePerson(org, userId));

test("PRS-1, PRS-3 members see each other online, offline, away, in DND", async () => {
  const w = await world();
  const { set, list } = statuses(w);
  const [ada, bob, eve, dan] = [
    await w.member("ada"),
    await w.member("bob"),
    await w.member("eve"),
    await w.member("dan"),
  ];
  await connects(w, bob);
  await connects(w, eve);
  const until = iso(Date.now() + HOUR);
  expect(await set(eve, { presence: "away" })).toMatchObject({ status: 200, body: { presence: "away" } });
  expect(await set(dan, { presence: "dnd", until })).toMatchObject({ body: { presence: "dnd", until } });
  expect(await list(ada, dan, ada, bob, eve)).toEqual({
    status: 200,
    headers: expect.anything(),
    body: {
      items: [
        { userId: dan.userId, presence: "dnd", until },
        { userId: ada.userId, presence: "offline" },
        { userId: bob.userId, presence: "online" },
        { userId: eve.userId, presence: "away" },
      ],
      nextCursor: null,
    },
  });
  expect(await set(eve, { presence: "online" })).toMatchObject({ body: { presence: "online" } });
});

test("PRS-2 a custom status is kept beside the presence and taken away by itself", async () => {
  const w = await world();
  const { set, list } = statuses(w);
  const ada = await w.member("ada");
  const custom = { emoji: "🌴", text: "On holiday", until: iso(Date.now() + HOUR) };
  expect(await set(ada, { custom })).toMatchObject({ body: { presence: "offline", custom } });
  expect(await set(ada, { presence: "away" })).toMatchObject({ body: { presence: "away", custom } });
  expect((await set(ada, { custom: null })).body).toEqual({ userId: ada.userId, presence: "away" });
  expect((await list(ada, ada)).body.items).toEqual([{ userId: ada.userId, presence: "away" }]);
});

test("PRS-1, PRS-2 what is past its end is never shown, although it is stored still", async () => {
  const w = await world();
  const { list } = statuses(w);
  const ada = await w.member("ada");
  const over = Date.now() - 1;
  await w.write({
    label: "status",
    put: {
      ...keys.status(w.org, ada.userId),
      manual: "dnd",
      manualUntil: over,
      custom: { text: "Lunch", until: over },
      changedAt: iso(over - HOUR),
      version: 1,
    },
  });
  expect((await list(ada, ada)).body.items).toEqual([{ userId: ada.userId, presence: "offline" }]);
});

test.each([
  [{ presence: "dnd", until: iso(0) }, "status-invalid", "until"],
  [{ presence: "away", until: iso(Date.UTC(2100, 0)) }, "status-invalid", "until"],
  [{ custom: { text: "x".repeat(101) } }, "status-invalid", "custom.text"],
  [{ custom: { emoji: "x" } }, "status-invalid", "custom.emoji"],
  [{ custom: { text: "x", until: iso(0) } }, "status-invalid", "custom.until"],
  [{}, "invalid-request", ""],
  [{ until: iso(Date.UTC(2100, 0)) }, "invalid-request", ""],
  [{ presence: "busy" }, "invalid-request", "presence"],
  [{ custom: { text: "x", colour: "red" } }, "invalid-request", "custom.colour"],
])("PRS-1, PRS-2 refused by the field at fault, and nothing written: %j", async (body, code, path) => {
  const w = await world();
  const ada = await w.member("ada");
  expect(await statuses(w).set(ada, body)).toMatchObject({
    status: 400,
    body: { code, errors: [{ path }] },
  });
  expect(await w.item(keys.status(w.org, ada.userId))).toBeUndefined();
});

test("PRS-3, GST-16 a guest sees those they share a channel with; strangers and others are left out alike", async () => {
  const w = await world();
  const { set, list } = statuses(w);
  const [ada, bob] = [await w.member("ada"), await w.member("bob")];
  const [here, there] = [await w.channel(ada, { name: "Here" }), await w.channel(bob, { name: "There" })];
  const [gil, ida] = [await w.guest("gil", [here]), await w.guest("ida", [there])];
  const nobody = `usr_${"0".repeat(26)}`;
  const seen = async (as: TestPerson) =>
    (await list(as, gil, ada, bob, ida, nobody, "nonsense")).body.items.map(
      ({ userId }: { userId: string }) => userId,
    );
  expect(await seen(gil)).toEqual([gil.userId, ada.userId]);
  expect(await seen(bob)).toEqual([gil.userId, ada.userId, bob.userId, ida.userId]);
  expect(await set(gil, { presence: "dnd" })).toMatchObject({ status: 200, body: { presence: "dnd" } });
});

test("INV-15, ORG-10 to outsiders and the deactivated there are no statuses; of the deactivated none is shown", async () => {
  const w = await world();
  const { set, list } = statuses(w);
  const [ada, off] = [await w.member("ada"), await w.member("off", { state: "deactivated" })];
  const stranger = { ...ada, userId: "usr_x", claims: { ...ada.claims, sub: "stranger@example.com" } };
  for (const ask of [set(stranger, { presence: "away" }), list(stranger, ada)])
    expect(await ask).toMatchObject({ status: 404, body: { rule: "INV-15" } });
  for (const ask of [set(off, { presence: "away" }), list(off, ada)])
    expect(await ask).toMatchObject({ status: 403, body: { code: "member-deactivated" } });
  expect((await list(ada, off)).body.items).toEqual([]);
});

test("PRS-3 up to 100 people are asked about at once", async () => {
  const w = await world();
  const ada = await w.member("ada");
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => `usr_${String(index).padStart(26, "0")}`);
  expect(await statuses(w).list(ada, ...many(100))).toMatchObject({ status: 200, body: { items: [] } });
  expect(await statuses(w).list(ada, ...many(101))).toMatchObject({ status: 400 });
  expect(await statuses(w).list(ada)).toMatchObject({ status: 400 });
});

test("PRS-4 DND is told to the live entry, with its end or an open one, and taken back", async () => {
  const w = await world();
  const { set } = statuses(w);
  const ada = await w.member("ada");
  await set(ada, { presence: "dnd" });
  expect(await liveOf(w, ada)).toBeUndefined();
  await connects(w, ada);
  await mirrorStatus(w.table, w.org, ada.userId, Date.now());
  expect(await liveOf(w, ada)).toMatchObject({ dndUntil: Number.MAX_SAFE_INTEGER });
  const until = Date.now() + HOUR;
  await set(ada, { presence: "dnd", until: iso(until) });
  expect(await liveOf(w, ada)).toMatchObject({ dndUntil: until, connections: new Set(["c1"]) });
  await set(ada, { presence: "online" });
  expect(await liveOf(w, ada)).not.toHaveProperty("dndUntil");
});

test("PRS-4 whoever connects while DND is set is told, in whichever order", async () => {
  const w = await world();
  const { set } = statuses(w);
  const ada = await w.member("ada");
  w.meanwhile(async () => await connects(w, ada));
  expect(await set(ada, { presence: "dnd" })).toMatchObject({ status: 200 });
  expect(await liveOf(w, ada)).toMatchObject({ dndUntil: Number.MAX_SAFE_INTEGER });
  // A connection that read DND, and is overtaken by its end before it tells.
  await w.write({
    label: "live",
    update: keys.livePerson(w.org, ada.userId),
    expression: "REMOVE dndUntil, statusVersion",
  });
  w.meanwhile(async () => await set(ada, { presence: "online" }));
  await mirrorStatus(w.table, w.org, ada.userId, Date.now());
  expect(await liveOf(w, ada)).not.toHaveProperty("dndUntil");
});

test("PRS-1, PRS-2 of two changes at once none is lost", async () => {
  const w = await world();
  const { set, list } = statuses(w);
  const ada = await w.member("ada");
  w.meanwhile(async () => await set(ada, { custom: { text: "In the lab" } }));
  await set(ada, { presence: "away" });
  expect((await list(ada, ada)).body.items).toEqual([
    { userId: ada.userId, presence: "away", custom: { text: "In the lab" } },
  ]);
});
