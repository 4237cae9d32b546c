import { expect, test } from "vitest";
import { organizationUseCases } from "../../../functions/organization/use-cases.ts";
import { roleUseCases } from "../../../functions/role/use-cases.ts";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld } from "../channel/world.ts";
import { caller, type TestPerson } from "../shell/caller.ts";

const world = engineWorld();
const ME = "PUT /channels/{chn}/me";

async function setup() {
  const w = await world();
  const boss = await w.member("boss", {
    orgRole: "legal_representative",
    chatRole: "admin",
    addressKeys: [],
  });
  const bob = await w.member("bob", { addressKeys: [] });
  const plan = await w.channel(boss, { name: "Plan" });
  await w.puts(bob, plan);
  const call = caller([...roleUseCases(w.table), ...organizationUseCases(w.table)]);
  const act = async (as: TestPerson, method: string, path: string, body?: unknown, user = bob) => {
    return await call(`${method} /v1/organizations/{org}${path}`, {
      as,
      params: { org: w.org, ...(path.includes("{user}") ? { user: user.userId } : {}) },
      body,
    });
  };
  const statusOf = async ({ userId }: TestPerson) => await w.item(keys.status(w.org, userId));
  const lineOf = async (chn: string, rank: number, { userId } = bob) =>
    await w.item(keys.rosterEntry(w.org, chn, rank, userId));
  const rowOf = async (chn: string, { userId } = bob) => await w.item(keys.personChannel(w.org, userId, chn));
  /** What somebody had of their own beside channels: a thread that they follow, a mention, General as they read it. */
  async function own({ userId }: TestPerson) {
    await w.write(
      { label: "thread", put: { ...keys.personThread(w.org, userId, plan, 1), isFollowing: true } },
      { label: "mention", put: { ...keys.mention(w.org, userId, plan, 1), expiresAt: 9_999_999_999 } },
    );
    await w.ask(bob, ME, w.general, { body: { muted: true } });
    return async () => await w.partition(keys.person(w.org, userId));
  }
  return { ...w, boss, bob, plan, act, statusOf, lineOf, rowOf, own };
}

const muted = { level: "all", isMuted: true };
const SET = { body: { level: "all", muted: true } };

test("ORG-10, PRS-3 with a removed member goes their status, and all that was their own", async () => {
  const { act, own, statusOf, boss, bob } = await setup();
  const rows = await own(bob);
  await act(bob, "PUT", "/me/status", { presence: "dnd", custom: { text: "on leave" } });
  expect([await statusOf(bob), (await rows()).length]).toMatchObject([{ manual: "dnd" }, 4]);
  expect((await act(boss, "DELETE", "/members/{user}")).status).toBe(204);
  expect([await statusOf(bob), await rows()]).toEqual([undefined, []]);
});

test("GINV-9, GST-16 with a guest who is removed goes their status, and all that was their own", async () => {
  const { act, own, statusOf, boss, guest, plan } = await setup();
  const gil = await guest("gil", [plan]);
  const rows = await own(gil);
  await act(gil, "PUT", "/me/status", { custom: { text: "here" } });
  expect((await act(boss, "DELETE", "/members/{user}", undefined, gil)).status).toBe(204);
  expect([await statusOf(gil), await rows()]).toEqual([undefined, []]);
});

test("GINV-11, PRS-1 a converted person begins without the status that they had", async () => {
  const { act, statusOf, boss, bob, plan } = await setup();
  await act(bob, "PUT", "/me/status", { presence: "dnd" });
  const asGuest = await act(boss, "POST", "/members/{user}/convert", { to: "guest", channelIds: [plan] });
  expect([asGuest.status, await statusOf(bob)]).toEqual([200, undefined]);
  await act(bob, "PUT", "/me/status", { presence: "away" });
  const asMember = await act(boss, "POST", "/members/{user}/convert", { to: "member" });
  expect([asMember.status, await statusOf(bob)]).toEqual([200, undefined]);
});

test("ORG-10, PRS-1 who is removed while they set their status leaves none behind", async () => {
  const { act, statusOf, meanwhile, boss, bob } = await setup();
  meanwhile(async () => await act(boss, "DELETE", "/members/{user}"));
  const refused = await act(bob, "PUT", "/me/status", { presence: "dnd" });
  expect([refused.status, await statusOf(bob)]).toEqual([404, undefined]);
});

test("CH-11, CH-1 whoever is made a guest in General keeps how they set it, on their line too, and again as a member", async () => {
  const { act, ask, lineOf, rowOf, boss, bob, general } = await setup();
  await ask(bob, ME, general, SET);
  await act(boss, "POST", "/members/{user}/convert", { to: "guest", channelIds: [general] });
  expect([await lineOf(general, 3), await rowOf(general)]).toMatchObject([muted, muted]);
  await ask(bob, ME, general, { body: { level: "none" } });
  expect(await lineOf(general, 3)).toMatchObject({ level: "none", isMuted: true });
  await act(boss, "POST", "/members/{user}/convert", { to: "member" });
  expect(await lineOf(general, 3)).toBeUndefined();
  expect((await ask(bob, "GET /channels/{chn}", general)).body.me).toMatchObject({
    level: "none",
    muted: true,
  });
});

test("CH-11 whoever leaves a channel, and comes back, has set nothing of it: their row and their line agree", async () => {
  const { ask, lineOf, rowOf, bob, plan } = await setup();
  await ask(bob, ME, plan, { body: { ...SET.body, favourite: true } });
  await ask(bob, "POST /channels/{chn}/leave", plan);
  await ask(bob, "POST /channels/{chn}/join", plan);
  for (const found of [await lineOf(plan, 2), await rowOf(plan)]) {
    for (const set of ["level", "isMuted", "isFavourite"]) expect(found).not.toHaveProperty(set);
  }
});

test("CH-11 who mutes a channel while their line is moved finds it muted in both places", async () => {
  const { ask, meanwhile, lineOf, rowOf, boss, bob, plan, org } = await setup();
  meanwhile(async () => await ask(bob, ME, plan, SET));
  await ask(boss, "PUT /channels/{chn}/members/{user}/role", plan, {
    params: { org, chn: plan, user: bob.userId },
    body: { role: "admin" },
  });
  expect(await lineOf(plan, 2)).toBeUndefined();
  expect([await lineOf(plan, 1), await rowOf(plan)]).toMatchObject([muted, { ...muted, role: "admin" }]);
});

test("CH-1, CH-11 who mutes General while they are made a guest finds it muted in both places", async () => {
  const { act, ask, meanwhile, lineOf, rowOf, boss, bob, general } = await setup();
  meanwhile(async () => await ask(bob, ME, general, SET));
  await act(boss, "POST", "/members/{user}/convert", { to: "guest", channelIds: [general] });
  expect([await lineOf(general, 3), await rowOf(general)]).toMatchObject([
    muted,
    { ...muted, kind: "guest" },
  ]);
});
