import { expect, test } from "vitest";
import { limitsFor } from "../../../domain/plans.ts";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld } from "./world.ts";

const world = engineWorld();
const limits = (change: Record<string, number | null>) => ({
  limits: { ...limitsFor("standard"), ...change },
});

test("CH-4 a member creates a channel with name, handle, purpose and header, and is its admin", async () => {
  const { member, ask, item, org, counters } = await world();
  const ada = await member("ada");
  const body = { name: " Plan B ", handle: "plan.b", type: "private", purpose: "Why", header: "What" };
  const created = await ask(ada, "POST /channels", undefined, { body });
  expect(created).toMatchObject({
    status: 201,
    headers: { etag: '"1"' },
    body: {
      name: "Plan B",
      handle: "plan.b",
      type: "private",
      purpose: "Why",
      header: "What",
      archived: false,
      general: false,
      default: false,
      memberCount: 1,
      guestCount: 0,
      lastSeq: 0,
      me: { member: true, role: "admin", favourite: false, muted: false, lastReadSeq: 0 },
    },
  });
  const { id } = created.body;
  expect(await ask(ada, "GET /channels/{chn}", id)).toMatchObject({ status: 200, body: created.body });
  expect(await item(keys.rosterEntry(org, id, 1, ada.userId))).toBeDefined();
  expect(await counters()).toMatchObject({ publicChannels: 1, privateChannels: 1 });
});

test("CH-4 a handle is derived from the name and made unique, under concurrency too", async () => {
  const { member, ask } = await world();
  const ada = await member("ada");
  const body = { name: "Équipe Été!", type: "public" };
  const first = await ask(ada, "POST /channels", undefined, { body });
  const second = await ask(ada, "POST /channels", undefined, { body });
  expect([first.body.handle, second.body.handle]).toEqual(["equipe-ete", "equipe-ete-2"]);
  const many = await Promise.all(
    Array.from({ length: 12 }, async () => await ask(ada, "POST /channels", undefined, { body })),
  );
  expect(many.map(({ status }) => status)).toEqual(Array(12).fill(201));
  expect(new Set(many.map(({ body: { handle } }) => handle)).size).toBe(12);
});

test("CH-4 a handle of one's own is refused when it is taken or malformed, and nothing is written", async () => {
  const { member, ask, counters } = await world();
  const ada = await member("ada");
  const before = await counters();
  const name = "Plan";
  expect(
    await ask(ada, "POST /channels", undefined, { body: { name, type: "public", handle: "general" } }),
  ).toMatchObject({ status: 409, body: { code: "handle-taken", rule: "CH-4" } });
  expect(
    await ask(ada, "POST /channels", undefined, { body: { name, type: "public", handle: "No Way" } }),
  ).toMatchObject({ status: 400, body: { code: "handle-invalid", rule: "CH-4" } });
  expect(await counters()).toEqual(before);
});

test("CH-4 conversations are not created so, nor channels without a name", async () => {
  const { member, ask } = await world();
  const ada = await member("ada");
  for (const body of [
    { name: "Plan", type: "direct" },
    { name: "Plan", type: "group" },
    { name: "  ", type: "public" },
    { type: "public" },
  ]) {
    expect(await ask(ada, "POST /channels", undefined, { body })).toMatchObject({ status: 400 });
  }
});

test("SEAT-8 a full quota refuses, naming quota, limit and usage; 0 means 0, null is none (SEAT-7)", async () => {
  const { member, ask } = await world(limits({ publicChannels: 1, privateChannels: null }));
  const ada = await member("ada");
  expect(
    await ask(ada, "POST /channels", undefined, { body: { name: "Plan", type: "public" } }),
  ).toMatchObject({
    status: 409,
    body: { code: "quota-exceeded", rule: "SEAT-8", quota: "publicChannels", limit: 1, used: 1 },
  });
  expect(
    await ask(ada, "POST /channels", undefined, { body: { name: "Plan", type: "private" } }),
  ).toMatchObject({ status: 201 });
  const none = await world(limits({ privateChannels: 0 }));
  const bob = await none.member("bob");
  expect(
    await none.ask(bob, "POST /channels", undefined, { body: { name: "Plan", type: "private" } }),
  ).toMatchObject({ status: 409, body: { quota: "privateChannels", limit: 0, used: 0 } });
});

test("SEAT-8 of 30 created at once for the last 5 places, 5 are", async () => {
  const { member, ask, counters, ids } = await world(limits({ publicChannels: 6 }));
  const ada = await member("ada");
  const answers = await Promise.all(
    Array.from({ length: 30 }, async (_, index) => {
      return await ask(ada, "POST /channels", undefined, { body: { name: `c${index}`, type: "public" } });
    }),
  );
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([...Array(5).fill(201), ...Array(25).fill(409)]);
  expect(await counters()).toMatchObject({ publicChannels: 6 });
  expect(ids(await ask(ada, "GET /channels"))).toHaveLength(6);
});

test("GST-14 a guest creates no channel, and an outsider finds no organization", async () => {
  const { member, guest, ask, counters } = await world();
  const ada = await member("ada");
  const { body } = await ask(ada, "POST /channels", undefined, { body: { name: "Plan", type: "private" } });
  const gil = await guest("gil", [body.id]);
  const before = await counters();
  const wanted = { body: { name: "Mine", type: "public" } };
  expect(await ask(gil, "POST /channels", undefined, wanted)).toMatchObject({
    status: 403,
    body: { code: "guest-restricted", rule: "GST-14" },
  });
  const stranger = await (await world()).member("eve");
  expect(await ask(stranger, "POST /channels", undefined, wanted)).toMatchObject({
    status: 404,
    body: { code: "not-found" },
  });
  expect(await counters()).toEqual(before);
});
