import { expect, test } from "vitest";
import { channelUseCases } from "../../../functions/channel/use-cases.ts";
import { roleUseCases } from "../../../functions/role/use-cases.ts";
import { finishIntents } from "../../../functions/sweep/finish-intents.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Table } from "../../../functions/table/table.ts";
import { engineWorld, type World } from "../channel/world.ts";
import { caller, type TestPerson } from "../shell/caller.ts";
import { cutShort } from "./cut-short.ts";

const world = engineWorld();
const CHAT_ADMIN = { chatRole: "admin" } as const;

/** Makes somebody another kind of person; on a table that is cut short, with nothing of what follows carried out. */
async function convert(w: World, as: TestPerson, who: TestPerson, body: unknown, table: Table = w.table) {
  const answer = await caller(roleUseCases(table))("POST /v1/organizations/{org}/members/{user}/convert", {
    as,
    params: { org: w.org, user: who.userId },
    body,
  });
  expect(answer.status).toBe(200);
}

/** Deletes a channel without anything of what follows. */
async function deleteCutShort(w: World, as: TestPerson, chn: string) {
  const call = caller(channelUseCases(cutShort(w.table, 1)));
  const answer = await call("DELETE /v1/organizations/{org}/channels/{chn}", {
    as,
    params: { org: w.org, chn },
  });
  expect(answer.status).toBe(204);
}

const kindsOf = async (w: World, who: TestPerson) =>
  (await w.partition(keys.person(w.org, who.userId))).map(({ channelId, kind, role }) => [
    channelId,
    kind,
    role,
  ]);

test("GINV-11 what was lost by becoming a guest does not come back by becoming a member, whatever was cut short", async () => {
  const w = await world();
  const [max, bob] = [await w.member("max", CHAT_ADMIN), await w.member("bob", { addressKeys: [] })];
  const [kept, lost] = [await w.channel(bob, { name: "Kept" }), await w.channel(bob, { name: "Lost" })];
  await convert(w, max, bob, { to: "guest", channelIds: [kept] }, cutShort(w.table, 1));
  expect(await kindsOf(w, bob)).toEqual([
    [kept, "guest", "member"],
    [lost, "member", "admin"],
  ]);
  await convert(w, max, bob, { to: "member" });
  expect(await kindsOf(w, bob)).toEqual([[kept, "member", "member"]]);
  expect(await w.item(keys.channel(w.org, lost))).toMatchObject({ members: 0 });
  await finishIntents(w.table, Date.now() + 61_000, () => true);
  expect(await kindsOf(w, bob)).toEqual([[kept, "member", "member"]]);
});

test("GINV-11 a guest who became a member and becomes a guest again keeps the chosen channels only, whatever was cut short", async () => {
  const w = await world();
  const [max, zoe] = [await w.member("max", CHAT_ADMIN), await w.member("zoe")];
  const [one, two] = [await w.channel(zoe, { name: "One" }), await w.channel(zoe, { name: "Two" })];
  const gil = await w.guest("gil", [one, two]);
  await convert(w, max, gil, { to: "member" }, cutShort(w.table, 1));
  await convert(w, max, gil, { to: "guest", channelIds: [one] });
  expect(await kindsOf(w, gil)).toEqual([[one, "guest", "member"]]);
  expect(await w.item(keys.member(w.org, gil.userId))).toMatchObject({ kind: "guest", channelCount: 1 });
  expect(await w.item(keys.channel(w.org, two))).toMatchObject({ members: 1, guests: 0 });
});

test("GINV-9 a guest who kept two channels, one of which is being deleted, stays in the other", async () => {
  const w = await world();
  const [max, bob] = [await w.member("max", CHAT_ADMIN), await w.member("bob", { addressKeys: [] })];
  const [one, two] = [await w.channel(bob, { name: "One" }), await w.channel(bob, { name: "Two" })];
  await w.channel(bob, { name: "Left" });
  await convert(w, max, bob, { to: "guest", channelIds: [one, two] }, cutShort(w.table, 1));
  await deleteCutShort(w, max, one);
  await finishIntents(w.table, Date.now() + 61_000, () => true);
  expect(await kindsOf(w, bob)).toEqual([[two, "guest", "member"]]);
  expect(await w.item(keys.member(w.org, bob.userId))).toMatchObject({ kind: "guest", channelCount: 1 });
  expect(await w.partition(`O#${w.org}#INTENTS`)).toEqual([]);
});
